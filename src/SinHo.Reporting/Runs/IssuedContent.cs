using SinHo.Reporting.Figures;

namespace SinHo.Reporting.Runs;

/// <summary>What a report shows beside its figures, as issued.</summary>
/// <param name="Form">The table of an official form; null for a report of groups.</param>
/// <param name="MapDay">As <see cref="Report.MapDay"/>.</param>
/// <param name="Bridge">As <see cref="Report.Bridge"/>; null for one that was issued before there were maps.</param>
/// <param name="Rates">Lines without rows of their own; null for one that was issued before they were kept.</param>
public sealed record IssuedContent(
    Letterhead? Letterhead, Edition? Edition, IReadOnlyList<string>? Notices, Breakdown? Breakdown, IssuedForm? Form, DateOnly? MapDay = null, IReadOnlyList<BridgeRow>? Bridge = null,
    IReadOnlyList<Rate>? Rates = null)
{
    public static IssuedContent Of(Report report) => new(
        report.Letterhead, report.Edition, report.Notices, report.Breakdown,
        report.Form is not { } form ? null : new(form.Columns, [.. form.Rows.Select(Row)], form.Halves),
        report.MapDay, report.Bridge, [.. report.Groups.SelectMany(group => group.Rates)]);

    private static IssuedRow Row(FormRow row) => new(
        row.Code, row.Mark, row.Caption, row.Look, row.Indent, row.Printed,
        [.. row.Cells.Select(cell => new IssuedCell(cell.Kind, cell.Value, cell.Figure?.Code, cell.Decimals))]);
}

/// <summary>See <see cref="FormTable"/>.</summary>
public sealed record IssuedForm(IReadOnlyList<FormColumn> Columns, IReadOnlyList<IssuedRow> Rows, IReadOnlyList<IReadOnlyList<string>> Halves);

/// <summary>See <see cref="FormRow"/>.</summary>
public sealed record IssuedRow(
    string Code, string Mark, string Caption, RowLook Look, int Indent, bool Printed, IReadOnlyList<IssuedCell> Cells);

/// <param name="Figure">Code of the figure of a counted cell.</param>
public sealed record IssuedCell(CellKind Kind, decimal? Value, string? Figure, int Decimals);
