using SinHo.Reporting.Faces.Templates;
using SinHo.Reporting.Figures;
using SinHo.Reporting.Workbooks;

namespace SinHo.Reporting.Faces;

/// <summary>
/// A report as an Excel workbook that an office can print and sign: the page of figures in the board's own look, parts, words, definitions, checks,
/// and behind every figure the rows it counts. Binding: docs/spec/command-line.md "Workbook of a report".
/// </summary>
public static class WorkbookFace
{
    /// <summary>Sheets beside the front page and the evidence; a template may not call its page so.</summary>
    public static IReadOnlyList<string> SheetNames { get; } = [ChartSheet.Name, BreakdownSheet.Name, NarrativeSheet.Name, ChecksSheet.Name, ExplanationSheet.Name];

    /// <summary>Writes the workbook; a file under <paramref name="path"/> is always whole.</summary>
    /// <param name="report">The finished report.</param>
    /// <param name="path">Target; a file that is there is replaced at the end.</param>
    /// <param name="progress">Gets the sheets made, then the rows written.</param>
    /// <param name="cancel">Stops within a thousand rows and leaves nothing behind.</param>
    /// <exception cref="InvalidOperationException">A figure has more or fewer rows of evidence than its value says.</exception>
    /// <exception cref="TemplateRefusedException">The report's template cannot be used.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Write(Report report, string path, IProgress<JobStep>? progress, CancellationToken cancel)
    {
        foreach (var figure in report.Figures)
        {
            if (report.HasEvidence && figure.Value != figure.Evidence.Count)
                throw new InvalidOperationException($"Figure {figure.Code} is {figure.Value} but has {figure.Evidence.Count} rows of evidence.");
        }

        using var template = ReportTemplate.Read(report.Template, TemplateTable.Of(report));
        using var book = Office.NewBook(report.Title);
        progress?.Report(new("Lập các tờ", Share: 0));
        var placed = FrontSheet.Write(book, report, template);
        NarrativeSheet.Write(book, report, placed);
        var charts = ChartSheet.Write(book, report);
        BreakdownSheet.Write(book, report);
        var evidence = placed.Where(figure => figure.EvidenceSheet is not null).ToList();
        var lists = new List<StreamedRows>();
        foreach (var (index, figure) in evidence.Index())
        {
            cancel.ThrowIfCancellationRequested();
            progress?.Report(JobStep.Of("Lập các tờ", $"danh sách {index + 1} trong {evidence.Count}", index, evidence.Count));
            lists.Add(EvidenceSheet.Write(book, report, figure));
        }

        ExplanationSheet.Write(book, report, placed);
        ChecksSheet.Write(book, report);
        var written = new WrittenRows(evidence.Sum(figure => figure.Figure.Evidence.Count), progress);
        StreamedSheets.Save(book, path, [.. lists.Select(list => list with { Rows = written.Count(list.Rows) })], cancel, charts);
    }
}
