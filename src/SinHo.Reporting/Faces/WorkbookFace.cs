using ClosedXML.Excel;
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
    public static IReadOnlyList<string> SheetNames { get; } =
    [
        SquareSheet.Name, VillageSheet.Name, ChartSheet.Name, ChartSheet.DataName, BreakdownSheet.Name, BridgeSheet.Name, NarrativeSheet.Name, ChecksSheet.Name, ExplanationSheet.Name, IndexSheet.Name,
    ];

    /// <summary>
    /// Does beforehand what the first workbook of a process waits for (fonts, styles, reading a template, the writer of packages), while figures are still being counted
    /// on another core. Nothing comes of it.
    /// </summary>
    /// <param name="template">Any template of the program.</param>
    public static void WarmUp(string template)
    {
        using var look = new XLWorkbook(template);
        using var book = Office.NewBook("");
        look.Worksheets.First().CopyTo(book, "Mẫu");
        EvidenceSheet.WarmUp(book);
        StreamedSheets.WarmUp(book);
    }

    /// <summary>Writes the workbook; a file under <paramref name="path"/> is always whole.</summary>
    /// <param name="report">The finished report.</param>
    /// <param name="path">Target; a file that is there is replaced at the end.</param>
    /// <param name="progress">Gets the sheets made, then the rows written.</param>
    /// <param name="cancel">Stops within a thousand rows and leaves nothing behind.</param>
    /// <param name="issue">Printed on the front and in the foot of every signed page; null for a draft.</param>
    /// <exception cref="InvalidOperationException">A figure has more or fewer rows of evidence than its value says.</exception>
    /// <exception cref="TemplateRefusedException">The report's template cannot be used.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Write(Report report, string path, IProgress<JobStep>? progress, CancellationToken cancel, Issue? issue = null)
    {
        foreach (var figure in report.Figures)
        {
            if (report.HasEvidence && figure.Value != figure.Evidence.Count)
                throw new InvalidOperationException($"Figure {figure.Code} is {figure.Value} but has {figure.Evidence.Count} rows of evidence.");
        }

        var laying = Spans.Begin(Spans.Writing, "sheets");
        using var template = ReportTemplate.Read(report.Template, TemplateTable.Of(report));
        using var book = Office.NewBook(report.Title, report.Question);
        if (issue?.CheckCode is { } code)
            book.CustomProperties.Add(PaperQuestion.CheckCodeProperty, code);
        progress?.Report(new("Lập các tờ", Share: 0));
        var lists = ListPlan.Make(report);
        var signed = new List<(string Sheet, int Pages)>();
        var (placed, pages) = FrontSheet.Write(book, report, issue, template, lists);
        signed.Add((book.Worksheets.First().Name, pages));
        signed.Add((SquareSheet.Name, SquareSheet.Write(book, report)));
        signed.Add((VillageSheet.Name, VillageSheet.Write(book, report)));
        signed.Add((NarrativeSheet.Name, NarrativeSheet.Write(book, report, placed)));
        signed.Add((ChartSheet.Name, ChartSheet.Write(book, report)));
        signed.Add((BreakdownSheet.Name, BreakdownSheet.Write(book, report, lists)));
        if (report.MapDay is { } day)
            signed.Add((BridgeSheet.Name, BridgeSheet.Write(book, report, day)));
        signed.Add((ExplanationSheet.Name, ExplanationSheet.Write(book, report, placed)));
        laying?.Dispose();
        List<StreamedRows> rows;
        using (Spans.Begin(Spans.Writing, "list sheets"))
            rows = Lists(book, report, lists, placed, progress, cancel);
        var (charts, chartPages) = ChartSheet.WriteData(book, report);
        signed.Add((ChartSheet.DataName, chartPages));
        // By the specification the last sheet.
        signed.Add((ChecksSheet.Name, ChecksSheet.Write(book, report)));
        if (issue is { Foot.Length: > 0 })
        {
            foreach (var sheet in signed.Where(sheet => sheet.Pages > 0).Select(sheet => sheet.Sheet))
                book.Worksheet(sheet).PageSetup.Footer.Left.AddText(issue.Foot).SetFontName(Office.Font).SetFontSize(9);
        }
        var written = new WrittenRows(lists.Sheets.Sum(list => list.Evidence.Count), progress);
        StreamedSheets.Save(book, path, [.. rows.Select(list => list with { Rows = written.Count(list.Rows) })], cancel, charts, SignedPages.Of(signed));
    }

    private static List<StreamedRows> Lists(XLWorkbook book, Report report, ListPlan lists, IReadOnlyList<PlacedFigure> placed, IProgress<JobStep>? progress, CancellationToken cancel)
    {
        if (lists.Sheets.Count == 0)
            return [];
        IndexSheet.Write(book, report, placed);
        var rows = new List<StreamedRows>();
        foreach (var (index, list) in lists.Sheets.Index())
        {
            cancel.ThrowIfCancellationRequested();
            progress?.Report(JobStep.Of("Lập các tờ", $"danh sách {index + 1} trong {lists.Sheets.Count}", index, lists.Sheets.Count));
            rows.Add(EvidenceSheet.Write(book, report, list, [.. placed.Where(figure => figure.List == list)]));
        }
        return rows;
    }
}
