using Npgsql;
using SinHo.Reporting.Catalog;
using SinHo.Reporting.Facts;
using SinHo.Reporting.Figures;
using SinHo.Reporting.Reports;
using SinHo.Reporting.Samples;
using SinHo.Reporting.Tests.Exchange;
using SinHo.Reporting.Tests.Host;
using SinHo.Reporting.Tests.Support;
using Xunit;

namespace SinHo.Reporting.Tests.Databases;

/// <summary>The service works as a role that owns nothing: it can do all its work and no more.</summary>
public sealed class WorkRoleTests(TestCluster cluster)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_role_imports_and_reports_and_can_change_neither_schema_nor_trail()
    {
        var owner = await cluster.NewRegisterAsync();
        await using var work = await WorkerAsync(owner);
        await Registers.ImportAsync(work, SinHoSample.OfTheArticle(), Cancel);
        var report = await new ReportBuilder(new StatisticsSource(work), CatalogReader.Read(AppContext.BaseDirectory)).BuildAsync(
            new("term", "SH", new Period(new(2015, 7, 1), new(2020, 6, 30)), new Dictionary<string, int>(StringComparer.Ordinal), WithEvidence: true), null, Cancel);
        Assert.Equal("SH", report.Unit.Code);

        await using var register = TestRegister.At(owner + ";Pooling=false");
        Assert.Empty(await register.ColumnAsync("""
            select relname::text from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r' and relrowsecurity
                and not exists (select from pg_policy where polrelid = pg_class.oid and polname = 'work')
            union all
            select relname::text from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'v') and not has_table_privilege('sinho_work', oid, 'select')
            """));
        // Fresh statistics, though it may not ask for them itself.
        Assert.True(await register.ScalarAsync<bool>("select reltuples > 100 from pg_class where oid = 'member'::regclass"));
        foreach (var forbidden in (string[])
        [
            "create table public.x ()", "drop table member", "alter table trail disable trigger all", "truncate trail", "delete from trail", "update sign_in set event = 'x'",
            "delete from issued_report", "update stored_file set name = ''", "drop policy work on member", "insert into schema_version (scriptname, applied) values ('x', now())",
            "create role someone", "copy member to '/tmp/x'", "alter role sinho_work superuser", "set role sinho",
        ])
        {
            await using var command = work.CreateCommand(forbidden);
            var refused = await Assert.ThrowsAsync<PostgresException>(() => command.ExecuteNonQueryAsync(Cancel));
            Assert.True(refused.SqlState is PostgresErrorCodes.InsufficientPrivilege or PostgresErrorCodes.RaiseException, $"{forbidden}: {refused.MessageText}");
        }
    }

    [Fact]
    public async Task A_login_that_may_not_change_its_role_works_as_the_owner_and_status_says_so()
    {
        // The server has the roles of an earlier database, whichever test comes first.
        await cluster.DropDatabaseAsync(await cluster.NewRegisterAsync());
        var made = await cluster.NewDatabaseAsync();
        var settings = new NpgsqlConnectionStringBuilder(made) { Username = "plain_owner", Password = "plain", Pooling = false };
        await using (var server = TestRegister.At(made + ";Pooling=false"))
        {
            await server.ExecuteAsync($"""
                create role plain_owner login password 'plain' nocreaterole;
                grant sinho_reader to plain_owner;
                alter database {settings.Database} owner to plain_owner;
                create extension btree_gist;
                alter schema public owner to plain_owner
                """);
        }
        var said = await SinhoProcess.RunAsync(["status"], settings.ConnectionString, Cancel);
        Assert.Contains("bằng chính tài khoản sở hữu cơ sở dữ liệu", said.Output, StringComparison.Ordinal);

        await using (var server = TestRegister.At(made + ";Pooling=false"))
            await server.ExecuteAsync("grant sinho_work to plain_owner");
        said = await SinhoProcess.RunAsync(["status"], settings.ConnectionString, Cancel);
        Assert.DoesNotContain("bằng chính tài khoản sở hữu", said.Output, StringComparison.Ordinal);
    }

    /// <summary>A login of its own that is a member of the role and nothing else.</summary>
    private static async Task<NpgsqlDataSource> WorkerAsync(string owner)
    {
        await using var register = TestRegister.At(owner + ";Pooling=false");
        await register.ExecuteAsync("""
            do $$ begin
                create role works_only login password 'works' in role sinho_work;
            exception when duplicate_object then null;
            end $$
            """);
        return NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(owner) { Username = "works_only", Password = "works", Pooling = false }.ConnectionString);
    }
}
