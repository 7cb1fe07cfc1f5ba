using SinHo.Reporting.Catalog;
using SinHo.Reporting.Figures;

namespace SinHo.Reporting.Faces.Templates;

/// <summary>What the table of a report asks of its template.</summary>
/// <param name="Columns">Codes of the columns; each is a tag of the table's rows.</param>
/// <param name="Halves">How many times the table stands side by side; the tags of the second half are {{2.caption}}, {{2.total}} …</param>
/// <param name="HeadsHaveNumbers">False where a head row is only the caption of a group.</param>
public sealed record TemplateTable(IReadOnlyList<string> Columns, int Halves, bool HeadsHaveNumbers)
{
    public static TemplateTable Of(ReportDefinition definition) => definition.Form is { } form
        ? new([.. form.Columns.Select(column => column.Code)], form.Halves.Count, HeadsHaveNumbers: true)
        : OfGroups;

    public static TemplateTable Of(Report report) => report.Form is { } form
        ? new([.. form.Columns.Select(column => column.Code)], form.Halves.Count, HeadsHaveNumbers: true)
        : OfGroups;

    /// <summary>The table of a report that prints groups of figures, one under another.</summary>
    public static TemplateTable OfGroups { get; } = new(["value"], Halves: 1, HeadsHaveNumbers: false);
}
