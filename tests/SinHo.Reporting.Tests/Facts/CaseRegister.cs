using System.Text.Json;
using Npgsql;
using SinHo.Reporting.Databases;
using SinHo.Reporting.Tests.Support;
using Xunit;

namespace SinHo.Reporting.Tests.Facts;

/// <summary>A register that holds the background and one case at a time.</summary>
public sealed class CaseRegister(TestCluster cluster) : IAsyncLifetime
{
    private readonly Background _background = Background.Read();

    public NpgsqlDataSource Database { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        var template = await cluster.TemplateAsync("register", database =>
            Migrator.UpgradeAsync(database, Path.Combine(AppContext.BaseDirectory, "sql"), TestContext.Current.CancellationToken));
        Database = NpgsqlDataSource.Create(await cluster.NewDatabaseAsync(template));
    }

    public ValueTask DisposeAsync() => Database.DisposeAsync();

    /// <summary>Puts the rows of a case in the place of those of the case before. They are committed: a snapshot reads on a connection of its own.</summary>
    public async Task HoldAsync(IReadOnlyDictionary<string, List<Dictionary<string, string?>>> given, CancellationToken cancel)
    {
        await using var connection = await Database.OpenConnectionAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        await ExecuteAsync(connection, "truncate org, village, member, org_closure, official_span cascade", cancel);
        foreach (var (table, rows) in _background.Given.Concat(given))
        {
            foreach (var row in rows)
                await InsertAsync(connection, table, row, cancel);
        }

        await ExecuteAsync(connection, """
            insert into org select distinct code from org_version;
            insert into org_closure select * from closure_of(null);
            insert into official_span select * from official_span_of(null);
            """, cancel);
        await transaction.CommitAsync(cancel);
    }

    private async Task InsertAsync(NpgsqlConnection connection, string table, Dictionary<string, string?> row, CancellationToken cancel)
    {
        var full = new Dictionary<string, string?>(_background.Defaults.GetValueOrDefault(table) ?? [], StringComparer.Ordinal);
        foreach (var (column, value) in row)
            full[column] = value;

        // Only the named columns: some tables have generated ones, and a misspelt one must fail.
        var columns = string.Join(", ", full.Keys);
        await using var command = new NpgsqlCommand(
            $"insert into {table} ({columns}) select {columns} from jsonb_populate_record(null::{table}, $1::jsonb)", connection);
        command.Parameters.AddWithValue(JsonSerializer.Serialize(full));
        await command.ExecuteNonQueryAsync(cancel);
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancel);
    }
}
