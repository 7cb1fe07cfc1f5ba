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
            unread bigint not null, stored boolean not null default false,
            {string.Join(", ", sheet.Columns.SelectMany(StageColumns))})
        """;

    public string Copy => $"copy {Stage} (row_no, remove, faulty, duplicate, unread, {string.Join(", ", columns)}) from stdin (format binary)";

    /// <summary>Straight into the table.</summary>
    public string CopyWhole => $"copy {sheet.Table} ({string.Join(", ", columns)}) from stdin (format binary)";

    public string Index => $"create index on {Stage} ({string.Join(", ", keys)}); analyze {Stage}";

    /// <summary>Marks every later row with the key of an earlier one; gives its number, that of the first, and the first cell of the key.</summary>
    public string MarkDuplicates => $"""
        update {Stage} as stage set duplicate = true
        from (
            select row_no, min(row_no) over (partition by {string.Join(", ", keys)}) as first_row
            from {Stage}
            where {string.Join(" and ", sheet.Columns.Where(column => column is { InKey: true, NullInKey: false }).Select(column => $"{column.TableColumn} is not null"))}
        ) as counted
        where counted.row_no = stage.row_no and counted.row_no > counted.first_row
        returning stage.row_no, counted.first_row, stage.{keys[0]}::text
        """;

    /// <summary>
    /// Says which version a row without a first day speaks of: where the file has no such column the latest, where the cell is blank the earliest,
    /// whatever its date. A record of which nothing is stored begins without a day.
    /// </summary>
    /// <param name="isPresent">Whether the file has the column.</param>
    /// <param name="exact">A blank means the version without a day and no other: what is given back is known to the letter.</param>
    public string? SayVersion(bool isPresent, bool exact)
    {
        if (sheet.Columns.FirstOrDefault(column => column.OfLatest) is not { } from || (isPresent && from.Required))
            return null;
        var stored = exact ? "null::date" : $"(select {(isPresent ? "min" : "max")}(kept.valid_from) from {sheet.Table} as kept where kept.code = stage.code)";
        return $"update {Stage} as stage set valid_from = {(from.Required ? stored : $"coalesce({stored}, '-infinity')")} where valid_from is null and not faulty";
    }

    /// <summary>What is of the person goes into his other versions too, where the file speaks of the latest alone.</summary>
    public string? ShareOfPerson
    {
        get
        {
            var names = sheet.Columns.Where(column => column.OfPerson).SelectMany(ColumnsOf).ToList();
            return names.Count == 0 ? null : $"""
                update {sheet.Table} as kept set {string.Join(", ", names.Select(name => $"{name} = {Typed(name)}"))}
                from {Stage} as stage
                where {Sound} and not stage.remove and kept.code = stage.code and kept.valid_from <> stage.valid_from
                    and ({string.Join(", ", names.Select(name => $"kept.{name}"))}) is distinct from ({string.Join(", ", names.Select(Typed))})
                """;
        }
    }

    /// <summary>Codes of whom the file corrects a version that is not their only one.</summary>
    public string CountCorrectedLatest => $"""
        select count(*)::integer
        from {Stage} as stage
        where {Sound} and not stage.remove
            and exists (select from {sheet.Table} as kept where kept.code = stage.code and kept.valid_from <> stage.valid_from)
            and exists (
                select from trail
                where trail.import_id = trail_import() and trail.table_name = '{sheet.Table}' and trail.before is not null and trail.after ->> 'code' = stage.code)
        """;

    /// <summary>Notes of each row whether its key is stored, before anything is changed.</summary>
    public string MarkStored => $"update {Stage} as stage set stored = true from {sheet.Table} as kept where {SameKey}";

    /// <summary>Puts what is stored where the file has no column; a new row has Không where an optional column of Có / Không is absent.</summary>
    /// <param name="present">By column of the definition.</param>
    public IEnumerable<string> Fill(IReadOnlyList<bool> present)
    {
        var absent = sheet.Columns.Where((column, index) => !present[index] && !column.InKey).ToList();
        if (absent.Count == 0)
            yield break;
        var names = absent.SelectMany(ColumnsOf).ToList();
        if (present.Zip(sheet.Columns).All(pair => pair.First || !pair.Second.IsNeededKey))
        {
            yield return $"""
                update {Stage} as stage set {string.Join(", ", names.Select(name => $"{name} = kept.{name}{(IsWord(name) ? "::text" : "")}"))}
                from {sheet.Table} as kept
                where stage.stored and not stage.remove and {SameKey}
                """;
            if (sheet.HasVersions)
            {
                // A new version goes on from the one that holds the day before; when it ends is its own affair.
                var ofVersion = names.Where(name => name != "valid_to").ToList();
                if (ofVersion.Count > 0)
                {
                    yield return $"""
                        update {Stage} as stage set {string.Join(", ", ofVersion.Select(name => $"{name} = kept.{name}{(IsWord(name) ? "::text" : "")}"))}
                        from {sheet.Table} as kept
                        where not stage.stored and not stage.remove and kept.code = stage.code and stage.valid_from > '-infinity' and {HoldsDayBefore}
                        """;
                }
            }
        }
        foreach (var flag in absent.Where(column => column is { Kind: ColumnKind.Boolean, Required: false }).Select(column => column.TableColumn))
            yield return $"update {Stage} set {flag} = false where {flag} is null";
    }

    /// <summary>The first rows that are new and need a column that the file does not have, all of which are left out.</summary>
    public string MarkIncomplete(ColumnDefinition column) => $"""
        with incomplete as (
            update {Stage} as stage set faulty = true
            where not stage.stored and not stage.remove and not stage.duplicate and stage.{column.TableColumn} is null
                and {string.Join(" and ", keys.Where(key => key != column.TableColumn).Select(key => $"stage.{key} is not null"))}
            returning row_no
        )
        select row_no from incomplete order by row_no limit {SheetParser.FirstRows}
        """;

    /// <summary>Leaves all rows out: nobody can say whose they are.</summary>
    public string MarkAllFaulty => $"update {Stage} set faulty = true";

    /// <summary>Rows as they will be stored, by the columns of the sheet, each birth date followed by its precision.</summary>
    public string Merged => $"""
        select row_no, unread, {string.Join(", ", columns)} from {Stage} where not remove and not duplicate order by row_no
        """;

    /// <summary>Leaves rows out that break a rule of their own.</summary>
    public string MarkFaulty => $"update {Stage} set faulty = true where row_no = any (@rows)";

    /// <param name="withFrom">The file says which version; else the code goes with all of them.</param>
    public string Remove(bool withFrom) =>
        $"delete from {sheet.Table} as kept using {Stage} as stage where {Sound} and stage.remove and {(withFrom ? SameKey : "kept.code = stage.code")}";

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
    public IReadOnlyList<string> OnRows => [MarkDuplicates, MarkStored, Remove(withFrom: true), Change, Add, CountSound];

    /// <summary>The values of a row of <see cref="Merged"/>, from its third column on.</summary>
    public object?[] Values(NpgsqlDataReader reader)
    {
        var at = 2;
        var values = new object?[sheet.Columns.Count];
        for (var column = 0; column < values.Length; column++)
        {
            var place = at;
            at += sheet.Columns[column].Kind == ColumnKind.PartialDate ? 2 : 1;
            if (reader.IsDBNull(place))
                continue;
            values[column] = sheet.Columns[column].Kind switch
            {
                ColumnKind.Date => reader.GetFieldValue<DateOnly>(place) is var day && day == DateOnly.MinValue ? null : day,
                ColumnKind.PartialDate => new PartialDate(reader.GetFieldValue<DateOnly>(place), reader.GetString(place + 1)),
                ColumnKind.Boolean => reader.GetBoolean(place),
                ColumnKind.Number => reader.GetInt32(place),
                // A blank of the key is stored as an empty text.
                _ => reader.GetString(place) is { Length: > 0 } text ? text : null,
            };
        }
        return values;
    }

    /// <summary>The first column of the key: null where a left join found no row.</summary>
    public string FirstKey => sheet.Columns.First(column => column is { InKey: true, NullInKey: false }).TableColumn;

    /// <summary>SQL: a row of the table, or of its staging table, has the key that a row kept as jsonb has.</summary>
    public string IsKeyOf(string row, string json) => string.Join(" and ", sheet.Columns.Where(column => column.InKey)
        .Select(column => column.Kind switch
        {
            // What was stored before there were versions has no first day.
            ColumnKind.Date when column is { OfLatest: true, Required: false } => $"{row}.{column.TableColumn} = coalesce({json} ->> '{column.TableColumn}', '-infinity')::date",
            ColumnKind.Date => $"{row}.{column.TableColumn} = ({json} ->> '{column.TableColumn}')::date",
            ColumnKind.Number => $"{row}.{column.TableColumn} = ({json} ->> '{column.TableColumn}')::integer",
            _ when column.NullInKey => $"{row}.{column.TableColumn}::text collate \"C\" is not distinct from {json} ->> '{column.TableColumn}'",
            // What was stored before the column was there has none.
            _ when column.BlankInKey => $"{row}.{column.TableColumn}::text collate \"C\" = coalesce({json} ->> '{column.TableColumn}', '')",
            _ => $"{row}.{column.TableColumn}::text collate \"C\" = {json} ->> '{column.TableColumn}'",
        }));

    /// <summary>SQL: two rows kept as jsonb have one key.</summary>
    public string HasSameKey(string json, string other) => string.Join(" and ", sheet.Columns.Where(column => column.InKey).Select(column => (column, key: column.TableColumn)).Select(pair => pair switch
    {
        { key: "valid_from" } => $"coalesce({json} ->> '{pair.key}', '-infinity') = coalesce({other} ->> '{pair.key}', '-infinity')",
        { column: { NullInKey: true } or { BlankInKey: true } } => $"coalesce({json} ->> '{pair.key}', '') = coalesce({other} ->> '{pair.key}', '')",
        _ => $"{json} ->> '{pair.key}' = {other} ->> '{pair.key}'",
    }));

    /// <summary>
    /// Puts tokens in the place of names that the table kept_name alone holds: that of the stored row where the name is its, that which the row says where it
    /// is one (of a workbook that was kept without names), else a new one.
    /// </summary>
    /// <param name="exact">Tokens are to the letter: what is given back knows no names.</param>
    public IEnumerable<string> HideNames(bool exact) => sheet.Columns.Where(column => column.IsKeptName).Select(column => column.TableColumn).Select(name => $"""
        update {Stage} as stage set {name} = coalesce(
            (
                select kept.{name}
                from {sheet.Table} as kept
                join kept_name on kept_name.token = kept.{name}
                where {SameKey} and coalesce(kept_name.name, purged_name()) = coalesce((select said.name from kept_name as said where said.token = stage.{name}), stage.{name})),
            (select token from kept_name where token = stage.{name}),
            keep_name(stage.{name}))
        where stage.{name} is not null and not stage.faulty {(exact ? $"and not exists (select from kept_name where token = stage.{name})" : "")}
        """);

    private string SameKey => string.Join(" and ", sheet.Columns.Where(column => column.InKey)
        .Select(column => $"kept.{column.TableColumn} {(column.NullInKey ? "is not distinct from" : "=")} {Typed(column.TableColumn)}"));

    private string HoldsDayBefore => columns.Contains("valid_to")
        ? "kept.valid_from < stage.valid_from and still_holds(kept.valid_to, stage.valid_from - 1)"
        : "kept.held_from < stage.valid_from and kept.held_until >= stage.valid_from";

    private static string Sound => "not stage.faulty and not stage.duplicate";

    /// <summary>Puts rows into the staging table, by the order of <see cref="Copy"/>.</summary>
    /// <remarks>Value by value without a task for each: there are millions.</remarks>
    public void Write(NpgsqlBinaryImporter writer, IReadOnlyList<ParsedRow> rows)
    {
        foreach (var row in rows)
            Write(writer, row);
    }

    private void Write(NpgsqlBinaryImporter writer, ParsedRow row)
    {
        writer.StartRow();
        writer.Write(row.Number);
        writer.Write(row.Remove);
        writer.Write(row.Faulty != 0 || row.Issues.Any(issue => !issue.IsWarning));
        writer.Write(false);
        writer.Write((long)row.Faulty);
        WriteValues(writer, row);
    }

    /// <summary>Puts a sound row into the table itself, by the order of <see cref="CopyWhole"/>; a record that has no first day holds since ever.</summary>
    public void WriteWhole(NpgsqlBinaryImporter writer, ParsedRow row)
    {
        writer.StartRow();
        WriteValues(writer, row, sinceEver: true);
    }

    private void WriteValues(NpgsqlBinaryImporter writer, ParsedRow row, bool sinceEver = false)
    {
        for (var column = 0; column < row.Values.Length; column++)
        {
            switch (row.Values[column])
            {
                case string text:
                    writer.Write(text, NpgsqlDbType.Text);
                    break;
                case DateOnly day:
                    writer.Write(day, NpgsqlDbType.Date);
                    break;
                case PartialDate date:
                    writer.Write(date.FirstDay, NpgsqlDbType.Date);
                    writer.Write(date.Precision, NpgsqlDbType.Text);
                    break;
                case bool flag:
                    writer.Write(flag);
                    break;
                case int number:
                    writer.Write(number);
                    break;
                default:
                    if (sinceEver && sheet.Columns[column] is { OfLatest: true, Required: false })
                        writer.Write(DateOnly.MinValue, NpgsqlDbType.Date);
                    else if (sheet.Columns[column].BlankInKey)
                        writer.Write("", NpgsqlDbType.Text);
                    else
                        writer.WriteNull();
                    if (sheet.Columns[column].Kind == ColumnKind.PartialDate)
                        writer.WriteNull();
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

    private bool IsWord(string name) => sheet.Columns.Any(column => column.TableColumn == name && column.Vocabulary is not null);

    private string Typed(string name)
    {
        var vocabulary = sheet.Columns.FirstOrDefault(column => column.TableColumn == name)?.Vocabulary;
        return vocabulary is null ? $"stage.{name}" : $"stage.{name}::{vocabulary.Name}";
    }
}
