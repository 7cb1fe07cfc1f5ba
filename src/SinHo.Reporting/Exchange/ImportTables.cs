using Npgsql;
using NpgsqlTypes;
using SinHo.Reporting.Register;

namespace SinHo.Reporting.Exchange;

/// <summary>
/// The SQL that carries one sheet from its staging table into its table, written from the sheet's definition.
/// Names come from <see cref="ExchangeWorkbook"/>, never from a file.
/// </summary>
internal sealed class ImportTables
{
    private readonly SheetDefinition sheet;
    private readonly string[] columns;
    private readonly string[] keys;
    private readonly string[] rest;

    public ImportTables(SheetDefinition sheet)
    {
        this.sheet = sheet;
        columns = [.. sheet.Columns.SelectMany(ColumnsOf)];
        keys = [.. sheet.Columns.Where(column => column.InKey).Select(column => column.TableColumn)];
        rest = [.. columns.Except(keys)];
    }

    public string Stage => $"stage_{sheet.Table}";

    public string CreateStage => $"""
        create temp table {Stage} (
            row_no integer not null, remove boolean not null, faulty boolean not null, duplicate boolean not null,
            {string.Join(", ", sheet.Columns.SelectMany(StageColumns))})
        """;

    public string Copy => $"copy {Stage} (row_no, remove, faulty, duplicate, {string.Join(", ", columns)}) from stdin (format binary)";

    public string Index => $"create index on {Stage} ({string.Join(", ", keys)}); analyze {Stage}";

    /// <summary>Marks every later row with the key of an earlier one; gives its number, that of the first, and the first cell of the key.</summary>
    public string MarkDuplicates => $"""
        update {Stage} as stage set duplicate = true
        from (
            select row_no, min(row_no) over (partition by {string.Join(", ", keys)}) as first_row
            from {Stage}
            where {string.Join(" and ", keys.Select(key => $"{key} is not null"))}
        ) as counted
        where counted.row_no = stage.row_no and counted.row_no > counted.first_row
        returning stage.row_no, counted.first_row, stage.{keys[0]}::text
        """;

    public string Remove => $"delete from {sheet.Table} as kept using {Stage} as stage where {Sound} and stage.remove and {SameKey}";

    public string Change => $"""
        update {sheet.Table} as kept set {string.Join(", ", rest.Select(column => $"{column} = {Typed(column)}"))}
        from {Stage} as stage
        where {Sound} and not stage.remove and {SameKey}
            and ({string.Join(", ", rest.Select(column => $"kept.{column}"))}) is distinct from ({string.Join(", ", rest.Select(Typed))})
        """;

    public string Add => $"""
        insert into {sheet.Table} ({string.Join(", ", columns)})
        select {string.Join(", ", columns.Select(Typed))}
        from {Stage} as stage
        where {Sound} and not stage.remove and not exists (select from {sheet.Table} as kept where {SameKey})
        """;

    public string CountSound => $"select count(*) from {Stage} as stage where {Sound} and not stage.remove";

    /// <summary>All that is done with staged rows.</summary>
    public IReadOnlyList<string> OnRows => [MarkDuplicates, Remove, Change, Add, CountSound];

    /// <summary>The first column of the key: null where a left join found no row.</summary>
    public string FirstKey => keys[0];

    /// <summary>SQL: a row of the table, or of its staging table, has the key that a row kept as jsonb has.</summary>
    public string IsKeyOf(string row, string json) => string.Join(" and ", sheet.Columns.Where(column => column.InKey)
        .Select(column => column.Kind switch
        {
            ColumnKind.Date => $"{row}.{column.TableColumn} = ({json} ->> '{column.TableColumn}')::date",
            ColumnKind.Number => $"{row}.{column.TableColumn} = ({json} ->> '{column.TableColumn}')::integer",
            _ => $"{row}.{column.TableColumn}::text collate \"C\" = {json} ->> '{column.TableColumn}'",
        }));

    /// <summary>SQL: two rows kept as jsonb have one key.</summary>
    public string HasSameKey(string json, string other) => string.Join(" and ", keys.Select(key => $"{json} ->> '{key}' = {other} ->> '{key}'"));

    private string SameKey => string.Join(" and ", keys.Select(key => $"kept.{key} = {Typed(key)}"));

    private static string Sound => "not stage.faulty and not stage.duplicate";

    /// <summary>Puts a row into the staging table, by the order of <see cref="Copy"/>.</summary>
    public async Task WriteAsync(NpgsqlBinaryImporter writer, ParsedRow row, CancellationToken cancel)
    {
        await writer.StartRowAsync(cancel);
        await writer.WriteAsync(row.Number, cancel);
        await writer.WriteAsync(row.Remove, cancel);
        await writer.WriteAsync(row.Faulty != 0 || row.Issues.Any(issue => !issue.IsWarning), cancel);
        await writer.WriteAsync(false, cancel);
        for (var column = 0; column < row.Values.Length; column++)
        {
            switch (row.Values[column])
            {
                case string text:
                    await writer.WriteAsync(text, NpgsqlDbType.Text, cancel);
                    break;
                case DateOnly day:
                    await writer.WriteAsync(day, NpgsqlDbType.Date, cancel);
                    break;
                case PartialDate date:
                    await writer.WriteAsync(date.FirstDay, NpgsqlDbType.Date, cancel);
                    await writer.WriteAsync(date.Precision, NpgsqlDbType.Text, cancel);
                    break;
                case bool flag:
                    await writer.WriteAsync(flag, cancel);
                    break;
                case int number:
                    await writer.WriteAsync(number, cancel);
                    break;
                default:
                    await writer.WriteNullAsync(cancel);
                    if (sheet.Columns[column].Kind == ColumnKind.PartialDate)
                        await writer.WriteNullAsync(cancel);
                    break;
            }
        }
    }

    private static IEnumerable<string> ColumnsOf(ColumnDefinition column) => column.Kind == ColumnKind.PartialDate
        ? [column.TableColumn, $"{column.TableColumn}_precision"]
        : [column.TableColumn];

    private static IEnumerable<string> StageColumns(ColumnDefinition column)
    {
        var name = column.TableColumn;
        return column.Kind switch
        {
            ColumnKind.Date => [$"{name} date"],
            ColumnKind.PartialDate => [$"{name} date", $"{name}_precision text"],
            ColumnKind.Boolean => [$"{name} boolean"],
            ColumnKind.Number => [$"{name} integer"],
            _ => [$"{name} text collate \"C\""],
        };
    }

    private string Typed(string name)
    {
        var vocabulary = sheet.Columns.FirstOrDefault(column => column.TableColumn == name)?.Vocabulary;
        return vocabulary is null ? $"stage.{name}" : $"stage.{name}::{vocabulary.Name}";
    }
}
