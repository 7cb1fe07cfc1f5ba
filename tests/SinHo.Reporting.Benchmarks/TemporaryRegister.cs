using Dapper;
using Npgsql;
using SinHo.Reporting.Exchange;
using SinHo.Reporting.Register;
using SinHo.Reporting.Samples;
using SinHo.Reporting.Servers;

namespace SinHo.Reporting.Benchmarks;

/// <summary>A register on a private server of its own, with the settings of a real one, in a temporary folder that goes with it.</summary>
internal sealed class TemporaryRegister : IAsyncDisposable
{
    /// <summary>The district that <see cref="SyntheticRegister"/> makes first.</summary>
    public const string District = "D001";

    private readonly string folder;
    private readonly PrivateServer server;

    private TemporaryRegister(string folder, PrivateServer server)
    {
        this.folder = folder;
        this.server = server;
        // One list of a large register may take longer than the usual half minute.
        Database = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(server.ConnectionString) { CommandTimeout = 0 });
    }

    public NpgsqlDataSource Database { get; }

    public string ConnectionString => server.ConnectionString;

    public static async Task<TemporaryRegister> StartAsync(CancellationToken cancel)
    {
        var made = Directory.CreateTempSubdirectory("sinho-benchmark-").FullName;
        var register = new TemporaryRegister(made, await PrivateServer.StartAsync(made, ServerOptions.Default, null, cancel));
        await Migrator.UpgradeAsync(register.server.ConnectionString, Path.Combine(AppContext.BaseDirectory, "sql"), cancel);
        return register;
    }

    public static SyntheticRegister Districts(Sizes sizes, int count) => new(sizes.Organisations * count, sizes.Members * count, years: 6, seed: 1);

    public async Task<ImportOutcome> ImportAsync(IRegisterSource source, CancellationToken cancel)
    {
        var import = new RegisterImport(Database, Path.Combine(AppContext.BaseDirectory, "sql", "import"));
        var outcome = await import.RunAsync(source, new("", "", "benchmark", DryRun: false), null, cancel);
        return outcome.Accepted ? outcome : throw new InvalidOperationException($"The register breaks {outcome.Errors.Count} rules, first: {outcome.Errors[0].Message}");
    }

    /// <summary>Copies <see cref="District"/> under new codes, much faster than an import of others like it.</summary>
    /// <param name="first">Number of the first copy; copies that are there have lower ones.</param>
    /// <param name="last">Number of the last copy, included.</param>
    public async Task CopyDistrictAsync(int first, int last, CancellationToken cancel)
    {
        await using var connection = await Database.OpenConnectionAsync(cancel);
        // Neither triggers nor foreign keys: copies of sound rows are sound, and no report reads the trail.
        await connection.ExecuteAsync("set session_replication_role = replica");
        foreach (var table in ExchangeWorkbook.Sheets.Select(sheet => sheet.Table).Except(["term"]).Concat(["org", "settlement", "person", "org_closure", "official_span"]))
        {
            var columns = (await connection.QueryAsync<(string Name, bool IsCode)>("""
                select column_name, domain_name is not distinct from 'code' or column_name = 'decision'
                from information_schema.columns
                where table_schema = 'public' and table_name = @table and is_generated = 'NEVER'
                order by ordinal_position
                """, new { table })).ToList();
            await connection.ExecuteAsync($"""
                insert into {table} ({string.Join(", ", columns.Select(column => column.Name))})
                select {string.Join(", ", columns.Select(column => column.IsCode ? $"copy || {column.Name}" : column.Name))}
                from {table}
                cross join (select format('C%s-', lpad(number::text, 3, '0')) as copy from generate_series(@first, @last) as number) as copies
                where {columns.First(column => column.IsCode && column.Name != "decision").Name} !~ '^C\d'
                order by copy
                """, new { first, last });
        }
    }

    /// <summary>What the server does by itself when it is left alone for a while, so that it does not do it while times are taken.</summary>
    public async Task SettleAsync(CancellationToken cancel)
    {
        await using var settle = Database.CreateCommand("vacuum analyze");
        await settle.ExecuteNonQueryAsync(cancel);
    }

    public async ValueTask DisposeAsync()
    {
        await Database.DisposeAsync();
        await server.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }
}
