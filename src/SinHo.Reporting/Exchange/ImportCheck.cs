using System.Data.Common;
using Dapper;
using Npgsql;
using SinHo.Reporting.Register;
using SinHo.Reporting.Servers;

namespace SinHo.Reporting.Exchange;

/// <summary>
/// Proves the SQL of the import against the live schema by an import of a file without rows: every statement is understood by PostgreSQL,
/// every rule gives the columns of a fault and names columns that its sheet has, and is silent where the file says nothing. Everything is rolled back.
/// </summary>
/// <param name="rulesFolder">The folder sql/import of the program.</param>
public sealed class ImportCheck(NpgsqlDataSource database, string rulesFolder)
{
    private const string Preparation = "prepare";

    private static readonly Dictionary<string, string> FaultColumns = new(StringComparer.Ordinal)
    {
        ["sheet"] = "text",
        ["row_no"] = "integer",
        ["column"] = "text",
        ["value"] = "text",
        ["message"] = "text",
    };

    /// <summary>Sentences on what is wrong, all at once; empty when all is well.</summary>
    public async Task<IReadOnlyList<string>> RunAsync(CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        var faults = FileFaults().ToList();
        foreach (var sheet in ExchangeWorkbook.Sheets)
            await connection.ExecuteAsync(new CommandDefinition(new ImportTables(sheet).CreateStage, cancellationToken: cancel));
        foreach (var (place, sql) in Statements())
            await TryAsync(place, async () => await connection.ExecuteAsync(new CommandDefinition($"explain {sql}", cancellationToken: cancel)));
        // What is replaced is read from the table that this makes.
        const string Aliases = "Mã cũ";
        if (await TryAsync(Aliases, async () => await connection.ExecuteAsync(new CommandDefinition(MeantCodes.Mean, cancellationToken: cancel))))
        {
            foreach (var sql in MeantCodes.Replace.Select(one => one.Sql).Prepend(MeantCodes.MarkCycles))
                await TryAsync(Aliases, async () => await connection.ExecuteAsync(new CommandDefinition($"explain {sql}", cancellationToken: cancel)));
        }

        // The rules read what the preparation makes: without it each would only repeat that it is missing.
        if (await TryAsync(FileOf(Preparation), async () => await connection.ExecuteAsync(new CommandDefinition(await ReadAsync(Preparation), commandTimeout: 0, cancellationToken: cancel))))
        {
            foreach (var rule in RegisterImport.RuleNames.Where(name => File.Exists(PathOf(name))))
            {
                faults.AddRange(RuleColumns.Faults(FileOf(rule), await ReadAsync(rule)));
                await TryAsync(FileOf(rule), async () => faults.AddRange(await RuleFaultsAsync(connection, rule, cancel)));
            }
        }
        return faults;

        async Task<bool> TryAsync(string place, Func<Task> run)
        {
            await transaction.SaveAsync("statement", cancel);
            try
            {
                await run();
                return true;
            }
            catch (PostgresException problem)
            {
                await transaction.RollbackAsync("statement", cancel);
                faults.Add(SqlFault.NotUnderstood(place, problem));
                return false;
            }
        }
    }

    /// <summary>A rule without a file would stop every import; a file that is no rule would never be asked.</summary>
    private IEnumerable<string> FileFaults()
    {
        var there = Directory.GetFiles(rulesFolder, "*.sql").Select(path => Path.GetFileNameWithoutExtension(path)!).Order(StringComparer.Ordinal).ToList();
        string[] known = [Preparation, .. RegisterImport.RuleNames];
        return known.Except(there).Select(name => $"{FileOf(name)}: không có tệp này.")
            .Concat(there.Except(known).Select(name => $"{FileOf(name)}: không phải quy tắc nào của chương trình, tệp không được dùng tới."));
    }

    /// <summary>What carries the rows of each sheet into the register.</summary>
    private static IEnumerable<(string Place, string Sql)> Statements() =>
        ExchangeWorkbook.Sheets.SelectMany(sheet => new ImportTables(sheet).OnRows.Select(sql => ($"Nhập trang {sheet.Name}", sql)))
            .Concat(References.All.SelectMany(reference => new[] { reference.Unknown, reference.Orphaned }
                .Select(sql => ($"Mã ở cột {reference.Column.Caption} của trang {reference.Sheet.Name}", sql))));

    private async Task<IReadOnlyList<string>> RuleFaultsAsync(NpgsqlConnection connection, string rule, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(await ReadAsync(rule), connection) { CommandTimeout = 0 };
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var types = (await reader.GetColumnSchemaAsync(cancel)).ToDictionary<DbColumn, string, string>(
            column => column.ColumnName, column => column.DataTypeName ?? "", StringComparer.Ordinal);
        return
        [
            .. FaultColumns.Where(column => !types.ContainsKey(column.Key)).Select(column => $"{FileOf(rule)}: thiếu cột {column.Key} mà một lỗi cần."),
            .. FaultColumns.Where(column => types.TryGetValue(column.Key, out var type) && type != column.Value)
                .Select(column => $"{FileOf(rule)}: cột {column.Key} có kiểu {types[column.Key]}, một lỗi cần {column.Value}."),
            .. types.Keys.Where(name => !FaultColumns.ContainsKey(name)).Select(name => $"{FileOf(rule)}: cột {name} không được dùng tới."),
            .. await reader.ReadAsync(cancel) ? [$"{FileOf(rule)}: báo lỗi cả khi sổ nhập không có dòng nào."] : Array.Empty<string>(),
        ];
    }

    private Task<string> ReadAsync(string name) => File.ReadAllTextAsync(PathOf(name));

    private string PathOf(string name) => Path.Combine(rulesFolder, $"{name}.sql");

    private static string FileOf(string name) => $"sql/import/{name}.sql";
}
