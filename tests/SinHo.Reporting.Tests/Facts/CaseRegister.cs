using System.Text.Json;
using Npgsql;
using SinHo.Reporting.Servers;
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
    public async Task HoldAsync(IDictionary<string, IList<IDictionary<string, string?>>> given, CancellationToken cancel)
    {
        await using var connection = await Database.OpenConnectionAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        await using var batch = new NpgsqlBatch(connection, transaction);
        batch.BatchCommands.Add(new("truncate org, settlement, person, restructuring, org_closure, official_span, term, reward, stay, kept_name cascade"));
        foreach (var (table, rows) in _background.Given.Concat(given))
        {
            foreach (var row in rows)
                batch.BatchCommands.Add(Insert(table, row));
        }

        batch.BatchCommands.Add(new("insert into org select distinct code from org_version"));
        batch.BatchCommands.Add(new("insert into settlement select distinct code from village"));
        batch.BatchCommands.Add(new("insert into person select distinct code from member"));
        batch.BatchCommands.Add(new("select refresh_record(array(select distinct code from member))"));
        batch.BatchCommands.Add(new("insert into org_closure select * from closure_of(null)"));
        batch.BatchCommands.Add(new("insert into official_span select * from official_span_of(null)"));
        await batch.ExecuteNonQueryAsync(cancel);
        await transaction.CommitAsync(cancel);
    }

    private NpgsqlBatchCommand Insert(string table, IDictionary<string, string?> row)
    {
        var full = _background.Defaults.TryGetValue(table, out var defaults)
            ? new Dictionary<string, string?>(defaults, StringComparer.Ordinal)
            : new Dictionary<string, string?>(StringComparer.Ordinal);
        foreach (var (column, value) in row)
            full[column] = value;

        // Only the named columns: some tables have generated ones, and a misspelt one must fail.
        var columns = string.Join(", ", full.Keys);
        var insert = new NpgsqlBatchCommand($"insert into {table} ({columns}) select {columns} from jsonb_populate_record(null::{table}, $1::jsonb)");
        insert.Parameters.AddWithValue(JsonSerializer.Serialize(full));
        return insert;
    }
}
