using SinHo.Reporting.Register;

namespace SinHo.Reporting.Exchange;

/// <summary>Which columns hold codes of other rows, and the SQL that finds codes that nobody has (unknown_reference).</summary>
internal static class References
{
    /// <summary>Every column that refers to another sheet, in the order of the workbook.</summary>
    public static IReadOnlyList<Reference> All { get; } = [.. ExchangeWorkbook.Sheets.SelectMany(sheet => sheet.Columns.SelectMany(column => Of(sheet, column)))];

    private static IEnumerable<Reference> Of(SheetDefinition sheet, ColumnDefinition column) => (column.Key, sheet.Table) switch
    {
        ("member", _) => [new(sheet, column, ExchangeWorkbook.Members, "")],
        ("branch" or "org" or "parent" or "commune", _) => [new(sheet, column, ExchangeWorkbook.Organisations, "")],
        ("village" or "residence", _) => [new(sheet, column, ExchangeWorkbook.Villages, "")],
        ("place", _) =>
        [
            new(sheet, column, ExchangeWorkbook.Villages, "and referring.post = 'Trưởng bản'"),
            new(sheet, column, ExchangeWorkbook.Organisations, "and referring.post <> 'Trưởng bản'"),
        ],
        // A restructuring is of organisations or of villages.
        ("unit", _) =>
        [
            new(sheet, column, ExchangeWorkbook.Organisations, $"and not {Has(ExchangeWorkbook.Villages)}"),
            new(sheet, column, ExchangeWorkbook.Villages, $"and {Has(ExchangeWorkbook.Villages)} and not {Has(ExchangeWorkbook.Organisations)}"),
        ],
        _ => [],
    };

    /// <summary>Whether the file or the register has the code of a restructured unit among those; one that goes is still among them.</summary>
    private static string Has(SheetDefinition sheet) => $"""
        (exists (select from {sheet.Table} as other where other.code = referring.unit) or exists (select from stage_{sheet.Table} as other where other.code = referring.unit))
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
