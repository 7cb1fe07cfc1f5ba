using SinHo.Reporting.Register;

namespace SinHo.Reporting.Exchange;

/// <summary>Which columns hold codes of other rows, and the SQL that finds codes that nobody has (unknown_reference).</summary>
internal static class References
{
    /// <summary>Every column that refers to another sheet, in the order of the workbook.</summary>
    public static IReadOnlyList<Reference> All { get; } = [.. ExchangeWorkbook.Sheets.SelectMany(sheet => sheet.Columns.SelectMany(column => Of(sheet, column)))];

    private static IEnumerable<Reference> Of(SheetDefinition sheet, ColumnDefinition column) => (column.Key, sheet.Table) switch
    {
        // A guest is a person of Sinh hoạt tạm thời alone.
        ("member", "stay") => [new(sheet, column, ExchangeWorkbook.Members, "and referring.direction::text = 'Đi'")],
        ("place", "stay") => [new(sheet, column, ExchangeWorkbook.Organisations, "and referring.direction::text = 'Đến'")],
        ("code", "reward") =>
        [
            new(sheet, column, ExchangeWorkbook.Members, $"and not {Has(ExchangeWorkbook.Organisations, "code")}"),
            new(sheet, column, ExchangeWorkbook.Organisations, $"and {Has(ExchangeWorkbook.Organisations, "code")} and not {Has(ExchangeWorkbook.Members, "code")}"),
        ],
        ("member", _) => [new(sheet, column, ExchangeWorkbook.Members, "")],
        ("branch" or "org" or "parent" or "commune", _) => [new(sheet, column, ExchangeWorkbook.Organisations, "")],
        ("village" or "residence", _) => [new(sheet, column, ExchangeWorkbook.Villages, "")],
        ("place", _) =>
        [
            new(sheet, column, ExchangeWorkbook.Villages, "and referring.post::text in ('Trưởng bản', 'Người có uy tín')"),
            new(sheet, column, ExchangeWorkbook.Organisations, "and referring.post::text not in ('Trưởng bản', 'Người có uy tín')"),
        ],
        // A restructuring is of organisations or of villages.
        ("unit", _) =>
        [
            new(sheet, column, ExchangeWorkbook.Organisations, $"and not {Has(ExchangeWorkbook.Villages, "unit")}"),
            new(sheet, column, ExchangeWorkbook.Villages, $"and {Has(ExchangeWorkbook.Villages, "unit")} and not {Has(ExchangeWorkbook.Organisations, "unit")}"),
        ],
        _ => [],
    };

    /// <summary>Whether the file or the register has the code of a column among those of a sheet; one that goes is still among them.</summary>
    private static string Has(SheetDefinition sheet, string column) => $"""
        (exists (select from {sheet.Table} as other where other.code = referring.{column}) or exists (select from stage_{sheet.Table} as other where other.code = referring.{column}))
        """.Trim();
}

/// <param name="Target">The sheet whose codes are meant.</param>
/// <param name="Condition">SQL that narrows the rows of which it is true, over `referring`; empty for all.</param>
internal sealed record Reference(SheetDefinition Sheet, ColumnDefinition Column, SheetDefinition Target, string Condition)
{
    private string Name => Column.TableColumn;

    /// <summary>
    /// Rows of the file with a code that neither the register nor a row of the file has, be that row faulty. They count as faulty from now
    /// on: what a row says about nobody proves nothing about others. An organisation, a village or a member is there whatever it refers to.
    /// </summary>
    public string Unknown => $"""
        update stage_{Sheet.Table} as referring
        set faulty = {(References.All.Any(other => other.Target == Sheet) ? "faulty" : "true")}
        where not referring.remove and referring.{Name} is not null {Condition}
            and not exists (select from {Target.Table} as target where target.code = referring.{Name})
            and not exists (select from stage_{Target.Table} as target where target.code = referring.{Name} and not target.remove)
        returning row_no, {Name}
        """;

    /// <summary>Rows of the file that remove what rows of the register still refer to, with how many do.</summary>
    public string Orphaned => $"""
        select min(stage.row_no) as row_no, stage.code as value, count(*)::integer as users
        from stage_{Target.Table} as stage
        join {Sheet.Table} as referring on referring.{Name} = stage.code {Condition}
        where stage.remove
            and not exists (select from {Target.Table} as target where target.code = stage.code)
            and not exists (select from stage_{Sheet.Table} as own where own.{Name} = stage.code and not own.remove)
        group by stage.code
        """;
}
