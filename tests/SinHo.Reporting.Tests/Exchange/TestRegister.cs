using System.Text;
using Dapper;
using Npgsql;
using SinHo.Reporting.Events;
using SinHo.Reporting.Exchange;
using SinHo.Reporting.Servers;
using SinHo.Reporting.Tests.Support;
using Xunit;

namespace SinHo.Reporting.Tests.Exchange;

/// <summary>A register of a test's own in a real database.</summary>
internal sealed class TestRegister : IAsyncDisposable
{
    private readonly TestCluster? _cluster;
    public string ConnectionString { get; }

    private TestRegister(string connectionString, TestCluster? cluster)
    {
        _cluster = cluster;
        ConnectionString = connectionString;
        Database = NpgsqlDataSource.Create(connectionString);
    }

    public NpgsqlDataSource Database { get; }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static async Task<TestRegister> EmptyAsync(TestCluster cluster) =>
        new(await cluster.NewDatabaseAsync(await cluster.TemplateAsync("register", MigrateAsync)), cluster);

    /// <summary>Holds the rows of <see cref="RegisterFile.Sound"/>.</summary>
    public static async Task<TestRegister> SoundAsync(TestCluster cluster) =>
        new(await cluster.NewDatabaseAsync(await cluster.TemplateAsync("register_sound", connectionString => FillAsync(connectionString, RegisterFile.Sound()))), cluster);

    /// <summary>Holds the rows of a file; the tests of a class share one template.</summary>
    public static async Task<TestRegister> WithAsync(TestCluster cluster, string name, RegisterFile rows) =>
        new(await cluster.NewDatabaseAsync(await cluster.TemplateAsync(name, connectionString => FillAsync(connectionString, rows))), cluster);

    /// <summary>A database that somebody else made and drops.</summary>
    public static TestRegister At(string connectionString) => new(connectionString, null);

    public async ValueTask DisposeAsync()
    {
        await Database.DisposeAsync();
        if (_cluster is not null)
            await _cluster.DropDatabaseAsync(ConnectionString);
    }

    public Task<ImportOutcome> ImportAsync(
        IRegisterSource source, bool dryRun = false, IProgress<JobStep>? progress = null, CancellationToken? cancel = null) =>
        new RegisterImport(Database, Path.Combine(AppContext.BaseDirectory, "sql", "import"))
            .RunAsync(source, new("sổ.xlsx", "ab12", "người nhập", dryRun) { WithChanges = dryRun }, progress, cancel ?? Cancel);

    /// <summary>Records events as the command does.</summary>
    /// <param name="file">EVENTS.json.</param>
    /// <param name="scope">See <see cref="ImportRequest.Scope"/>.</param>
    public async Task<ImportOutcome> RecordAsync(string file, bool isTrial = false, params string[] scope)
    {
        using var events = new MemoryStream(Encoding.UTF8.GetBytes(file));
        var import = new RegisterImport(Database, Path.Combine(AppContext.BaseDirectory, "sql", "import"));
        return await EventRecord.RunAsync(Database, import, events, new("sự kiện.json", "", "test", isTrial) { Scope = scope }, progress: null, Cancel);
    }

    /// <summary>An import that goes through.</summary>
    public async Task<ImportOutcome> AcceptAsync(IRegisterSource source)
    {
        var outcome = await ImportAsync(source);
        Assert.Empty(outcome.Errors.Select(Text));
        Assert.True(outcome.Accepted);
        return outcome;
    }

    /// <summary>Every row of every table, trail and imports included, in one order.</summary>
    public async Task<string> DumpAsync()
    {
        await using var connection = await Database.OpenConnectionAsync(Cancel);
        var tables = await connection.QueryAsync<string>("select tablename::text from pg_tables where schemaname = 'public' order by 1");
        var dump = new List<string>();
        foreach (var table in tables)
            dump.AddRange(await connection.QueryAsync<string>($"select '{table} ' || r::text from {table} as r order by 1"));
        return string.Join('\n', dump);
    }

    public async Task ExecuteAsync(string sql)
    {
        await using var connection = await Database.OpenConnectionAsync(Cancel);
        await connection.ExecuteAsync(sql);
    }

    public async Task<T?> ScalarAsync<T>(string sql)
    {
        await using var connection = await Database.OpenConnectionAsync(Cancel);
        return await connection.ExecuteScalarAsync<T>(sql);
    }

    public async Task<List<string>> ColumnAsync(string sql)
    {
        await using var connection = await Database.OpenConnectionAsync(Cancel);
        return [.. await connection.QueryAsync<string>(sql)];
    }

    /// <summary>The derived tables hold what a rebuild would give.</summary>
    public async Task DerivedTablesAreTrueAsync()
    {
        Assert.Empty(await ColumnAsync(Difference("select * from org_closure", "select * from closure_of(null)")));
        Assert.Empty(await ColumnAsync(Difference("select * from official_span", "select * from official_span_of(null)")));
    }

    public static string Text(ImportIssue issue) => $"{issue.Code}|{issue.Sheet}|{issue.Row}|{issue.Column}|{issue.Value}";

    private static string Difference(string one, string other) => $"""
        select 'too many ' || r::text from (({one}) except ({other})) as r
        union all
        select 'missing ' || r::text from (({other}) except ({one})) as r
        """;

    private static Task MigrateAsync(string connectionString) =>
        Migrator.UpgradeAsync(connectionString, Path.Combine(AppContext.BaseDirectory, "sql"), CancellationToken.None);

    private static async Task FillAsync(string connectionString, RegisterFile rows)
    {
        await MigrateAsync(connectionString);
        await using var register = At(connectionString);
        await register.AcceptAsync(rows);
    }
}
