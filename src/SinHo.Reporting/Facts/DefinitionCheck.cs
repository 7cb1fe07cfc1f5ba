using System.Data;
using Dapper;
using Npgsql;
using SinHo.Reporting.Catalog;
using SinHo.Reporting.Figures;
using SinHo.Reporting.Register;
using SinHo.Reporting.Servers;

namespace SinHo.Reporting.Facts;

/// <summary>
/// Proves the definitions against the live schema: every query is understood by PostgreSQL and gives the columns its meaning promises,
/// vocabularies and derived tables are as they should be. Counts nothing and changes nothing.
/// </summary>
public static class DefinitionCheck
{
    /// <summary>Sentences on what is wrong, all at once; empty when all is well.</summary>
    public static async Task<IReadOnlyList<string>> RunAsync(NpgsqlDataSource database, Definitions definitions, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancel);
        await connection.ExecuteAsync("set transaction read only");
        var settings = (await connection.QueryAsync<string>("select name from setting")).ToHashSet();
        var faults = new List<string>();
        foreach (var set in definitions.Sets)
        {
            faults.AddRange(set.Indicators.SelectMany(indicator => indicator.Settings.Where(name => !settings.Contains(name))
                .Select(name => $"sql/indicators/{set.Name}.yaml: {indicator.Code} nêu tham số {name} không có trong bảng setting.")));
            await transaction.SaveAsync("definition", cancel);
            try
            {
                faults.AddRange(await ColumnFaultsAsync(connection, set, settings, cancel));
            }
            catch (PostgresException problem)
            {
                await transaction.RollbackAsync("definition", cancel);
                faults.Add(SqlFault.NotUnderstood($"sql/indicators/{set.Name}.sql", problem));
            }
        }
        foreach (var kind in DueKind.All)
        {
            await transaction.SaveAsync("definition", cancel);
            try
            {
                faults.AddRange(await DueFaultsAsync(connection, kind, cancel));
            }
            catch (PostgresException problem)
            {
                await transaction.RollbackAsync("definition", cancel);
                faults.Add(SqlFault.NotUnderstood($"sql/due/{kind.Name}.sql", problem));
            }
        }
        foreach (var rule in CalendarRule.All)
        {
            faults.AddRange(rule.Figures.Where(figure => !definitions.Has(figure)).Select(figure => $"sql/calendar/{rule.Name}.yaml: không có số liệu {figure}."));
            if (rule.Waits.Length > 0 && DueKind.All.All(kind => kind.Name != rule.Waits))
                faults.Add($"sql/calendar/{rule.Name}.yaml: không có loại việc {rule.Waits} trong sql/due.");
            await transaction.SaveAsync("definition", cancel);
            try
            {
                faults.AddRange(await CalendarFaultsAsync(connection, rule, cancel));
            }
            catch (PostgresException problem)
            {
                await transaction.RollbackAsync("definition", cancel);
                faults.Add(SqlFault.NotUnderstood($"sql/calendar/{rule.Name}.sql", problem));
            }
        }
        faults.AddRange(await VocabularyFaultsAsync(connection));
        faults.AddRange(await DerivedFaultsAsync(connection, cancel));
        return faults;
    }

    private static async Task<IEnumerable<string>> DueFaultsAsync(NpgsqlConnection connection, DueKind kind, CancellationToken cancel)
    {
        string[] expected = ["unit text", "code text", "name text", "detail text", "since date"];
        await using var command = new NpgsqlCommand(kind.Sql, connection);
        command.Parameters.AddWithValue("day", DateOnly.MinValue);
        command.Parameters.AddWithValue("from", DateOnly.MinValue);
        await using var reader = await command.ExecuteReaderAsync(CommandBehavior.SchemaOnly, cancel);
        var given = (await reader.GetColumnSchemaAsync(cancel)).Select(column => $"{column.ColumnName} {column.DataTypeName}").ToList();
        return expected.Except(given).Select(column => $"sql/due/{kind.Name}.sql: thiếu cột {column} mà Việc cần làm cần.");
    }

    private static async Task<IEnumerable<string>> CalendarFaultsAsync(NpgsqlConnection connection, CalendarRule rule, CancellationToken cancel)
    {
        if (rule.Sql is null)
            return [];
        string[] expected = ["done integer", "wanted integer"];
        await using var command = new NpgsqlCommand(rule.Sql, connection);
        command.Parameters.AddWithValue("unit", "");
        command.Parameters.AddWithValue("from", DateOnly.MinValue);
        command.Parameters.AddWithValue("to", DateOnly.MinValue);
        await using var reader = await command.ExecuteReaderAsync(CommandBehavior.SchemaOnly, cancel);
        var given = (await reader.GetColumnSchemaAsync(cancel)).Select(column => $"{column.ColumnName} {column.DataTypeName}").ToList();
        return expected.Except(given).Select(column => $"sql/calendar/{rule.Name}.sql: thiếu cột {column} mà Lịch năm cần.");
    }

    private static async Task<IReadOnlyList<string>> ColumnFaultsAsync(NpgsqlConnection connection, IndicatorSet set, IEnumerable<string> settings, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(set.Sql, connection);
        command.Parameters.AddWithValue("units", Array.Empty<string>());
        command.Parameters.AddWithValue("from", DateOnly.MinValue);
        command.Parameters.AddWithValue("to", DateOnly.MinValue);
        foreach (var name in settings)
            command.Parameters.AddWithValue(name, 0);
        await using var reader = await command.ExecuteReaderAsync(CommandBehavior.SchemaOnly, cancel);
        var types = (await reader.GetColumnSchemaAsync(cancel)).ToDictionary(column => column.ColumnName, column => column.DataTypeName ?? "");
        var expected = set.Columns.Select(pair => (Name: pair.Key, Type: TypeOf(pair.Value.Kind)))
            .Concat(set.Indicators.Select(indicator => (Name: indicator.Flag, Type: "boolean")))
            .Concat([(Name: "unit", Type: "text"), (Name: FigureQuery.Place, Type: "text"), (Name: FigureQuery.Day, Type: "date")]).Distinct().ToList();
        return
        [
            .. expected.Where(column => !types.ContainsKey(column.Name)).Select(column => $"sql/indicators/{set.Name}.sql: thiếu cột {column.Name} mà tệp ý nghĩa cần."),
            .. expected.Where(column => types.TryGetValue(column.Name, out var type) && type != column.Type)
                .Select(column => $"sql/indicators/{set.Name}.sql: cột {column.Name} có kiểu {types[column.Name]}, tệp ý nghĩa cần {column.Type}."),
            .. types.Keys.Except(expected.Select(column => column.Name)).Select(name => $"sql/indicators/{set.Name}.sql: cột {name} không được tệp ý nghĩa dùng tới."),
        ];
    }

    private static string TypeOf(EvidenceKind kind) => kind switch
    {
        EvidenceKind.Date => "date",
        EvidenceKind.Number => "integer",
        _ => "text",
    };

    private static async Task<IEnumerable<string>> VocabularyFaultsAsync(NpgsqlConnection connection)
    {
        var stored = (await connection.QueryAsync<(string Name, string Value)>("""
            select pg_type.typname::text, pg_enum.enumlabel::text
            from pg_enum
            join pg_type on pg_type.oid = pg_enum.enumtypid
            order by pg_enum.enumsortorder
            """)).ToLookup(row => row.Name, row => row.Value);
        return ExchangeWorkbook.Sheets.SelectMany(sheet => sheet.Columns).Select(column => column.Vocabulary).OfType<Vocabulary>().Where(vocabulary => vocabulary != Vocabulary.OrgLevel).DistinctBy(vocabulary => vocabulary.Name)
            .Where(vocabulary => !stored[vocabulary.Name].SequenceEqual(vocabulary.Values))
            .Select(vocabulary => $"Danh mục {vocabulary.Name}: giá trị trong chương trình và trong cơ sở dữ liệu khác nhau.");
    }

    private static async Task<IEnumerable<string>> DerivedFaultsAsync(NpgsqlConnection connection, CancellationToken cancel)
    {
        var faults = new List<string>();
        foreach (var (table, rebuilt) in new[] { ("org_closure", "closure_of(null)"), ("official_span", "official_span_of(null)") })
        {
            var differing = await connection.ExecuteScalarAsync<long>(new CommandDefinition($"""
                select count(*) from (
                    (select * from {table} except select * from {rebuilt})
                    union all
                    (select * from {rebuilt} except select * from {table})) as differing
                """, commandTimeout: 0, cancellationToken: cancel));
            if (differing > 0)
                faults.Add($"Bảng dẫn xuất {table} khác với kết quả tính lại ở {differing} dòng.");
        }
        return faults;
    }
}
