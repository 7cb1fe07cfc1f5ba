using Dapper;
using Npgsql;
using SinHo.Reporting.Register;

namespace SinHo.Reporting.Exchange;

/// <summary>What became of a row.</summary>
public enum ChangeKind
{
    Changed,
    Added,
    Removed,
}

/// <summary>One value that an import changes, or a whole row that it adds or removes. Source: docs/spec/exchange-workbook.md, Import.</summary>
/// <param name="Row">Row number that Excel shows; null where the change comes from no file.</param>
/// <param name="Key">The natural key as texts, without blanks at its end.</param>
/// <param name="Name">Of the person, organisation or village that the row is about, as it was before; null where it is about none.</param>
/// <param name="Column">Caption of the changed column; null for a whole row.</param>
/// <param name="Old">As the exported workbook shows it; null where blank.</param>
/// <param name="New">As the exported workbook shows it; null where blank.</param>
public sealed record ImportChange(
    ChangeKind Kind, string Sheet, int? Row, IReadOnlyList<string?> Key, string? Name, string? Column = null, string? Old = null, string? New = null);

/// <summary>Reads from the trail what an import did, within its transaction: what is shown before it is kept is what would be kept.</summary>
internal static class ImportChanges
{
    public static async Task<List<ImportChange>> ReadAsync(NpgsqlConnection connection, long import, bool fromFile, CancellationToken cancel)
    {
        var changes = new List<ImportChange>();
        foreach (var sheet in ExchangeWorkbook.Sheets)
        {
            var rows = connection.QueryUnbufferedAsync<(int? Row, string? Name, string? Before, string? After)>(Query(sheet), new { import, table = sheet.Table }, commandTimeout: 0);
            await foreach (var (row, name, before, after) in rows.WithCancellation(cancel))
                changes.AddRange(Of(sheet, fromFile ? row : null, name, StoredRow.Read(before), StoredRow.Read(after)));
        }
        return changes;
    }

    /// <summary>What became of one row.</summary>
    /// <param name="before">Null where it was added.</param>
    /// <param name="after">Null where it was removed.</param>
    public static IEnumerable<ImportChange> Of(SheetDefinition sheet, int? row, string? name, StoredRow? before, StoredRow? after)
    {
        var key = sheet.KeyOf((before ?? after)!);
        if (before is null || after is null)
            return [new(before is null ? ChangeKind.Added : ChangeKind.Removed, sheet.Name, row, key, name)];
        return sheet.Columns.Where(column => !column.InKey && before.Text(column) != after.Text(column))
            .Select(column => new ImportChange(ChangeKind.Changed, sheet.Name, row, key, name, column.Caption, Shown(column, before), Shown(column, after)));
    }

    /// <summary>Of a name that one table alone holds the register knows no more than that there is one.</summary>
    private static string? Shown(ColumnDefinition column, StoredRow row) => row.Text(column) is { } text ? column.IsKeptName ? ColumnDefinition.KeptName : text : null;

    /// <summary>The trail of one sheet with the row of the file and the name of whom or what the row is about.</summary>
    private static string Query(SheetDefinition sheet)
    {
        var tables = new ImportTables(sheet);
        return $"""
            select stage.row_no, {NameOf(sheet)}, done.before::text, done.after::text
            from trail as done
            left join {tables.Stage} as stage on {tables.IsKeyOf("stage", "coalesce(done.before, done.after)")} and not stage.duplicate and not stage.faulty
            where done.import_id = @import and done.table_name = @table
            order by stage.row_no, done.trail_id
            """;
    }

    /// <summary>Which row of the file wrote which row of the trail.</summary>
    public static string Places(SheetDefinition sheet)
    {
        var tables = new ImportTables(sheet);
        return $"""
            select done.trail_id, stage.row_no
            from trail as done
            join {tables.Stage} as stage on {tables.IsKeyOf("stage", "coalesce(done.before, done.after)")} and not stage.duplicate and not stage.faulty
            where done.import_id = @import and done.table_name = @table
            """;
    }

    private static string NameOf(SheetDefinition sheet)
    {
        const string Row = "coalesce(done.before, done.after)";
        // Names of people who are no members stand nowhere but in their own table.
        if (sheet.Table is "source" or "stay")
            return "null";
        if (sheet.Table is "member" or "org_version" or "village")
            return $"{Row} ->> 'name'";
        return sheet.Columns.Select(column => column.Key).FirstOrDefault(key => key is "member" or "branch" or "org" or "unit") switch
        {
            null when sheet.Table == "reward" => $"""
                coalesce(
                    (select member.name from member where member.code = {Row} ->> 'code' and member.held_until = 'infinity'),
                    (select version.name from org_version as version where version.code = {Row} ->> 'code' order by version.valid_from desc limit 1))
                """,
            null => "null",
            "member" => $"(select member.name from member where member.code = {Row} ->> 'member' and member.held_until = 'infinity')",
            var unit => $"(select version.name from org_version as version where version.code = {Row} ->> '{unit}' order by version.valid_from desc limit 1)",
        };
    }
}
