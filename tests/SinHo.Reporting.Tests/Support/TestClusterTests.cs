using Npgsql;
using Xunit;

namespace SinHo.Reporting.Tests.Support;

public sealed class TestClusterTests(TestCluster cluster)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_template_is_made_once_and_its_copies_are_apart()
    {
        var made = 0;
        async Task Migrate(string database)
        {
            Interlocked.Increment(ref made);
            await RunAsync(database, "CREATE TABLE t AS SELECT 1 AS x");
        }

        async Task<string> CopyAsync() => await cluster.NewDatabaseAsync(await cluster.TemplateAsync("template_test", Migrate));
        var copies = await Task.WhenAll(CopyAsync(), CopyAsync());
        await RunAsync(copies[0], "UPDATE t SET x = 2");

        Assert.Equal(1, made);
        Assert.Equal(2, await RunAsync(copies[0], "SELECT x FROM t"));
        Assert.Equal(1, await RunAsync(copies[1], "SELECT x FROM t"));
        await cluster.DropDatabaseAsync(copies[0]);
    }

    private static async Task<object?> RunAsync(string database, string sql)
    {
        await using var connection = new NpgsqlConnection(database);
        await connection.OpenAsync(Cancel);
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync(Cancel);
    }
}
