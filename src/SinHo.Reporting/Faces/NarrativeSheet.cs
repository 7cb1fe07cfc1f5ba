using ClosedXML.Excel;
using SinHo.Reporting.Figures;

namespace SinHo.Reporting.Faces;

/// <summary>"Lời văn": the paragraphs, their numbers in bold, and beneath them where each number comes from.</summary>
internal static class NarrativeSheet
{
    public const string Name = "Lời văn";

    private const int LastColumn = 4;
    private const double TextSize = 14;
    private const double HighestRow = 400;

    // Word's first line indent, in spaces that justifying does not stretch.
    private const string FirstLine = "\u2003\u2003";

    /// <returns>How many pages it has; 0 where there are no words.</returns>
    public static int Write(XLWorkbook book, Report report, IReadOnlyList<PlacedFigure> placed)
    {
        if (report.Narrative.Count == 0)
            return 0;
        var sheet = book.AddSheet(Name, 9, 12, 46, 18);
        sheet.Line(1, 1, LastColumn, report.Title, 15, bold: true).Style.Alignment.SetHorizontal(XLAlignmentHorizontalValues.Center);
        var row = 3;
        foreach (var paragraph in report.Narrative)
            row = WriteParagraph(sheet, row, paragraph);
        var head = row + 1;
        row = WriteCitations(sheet, head, report, placed.ToDictionary(figure => figure.Figure.Code, StringComparer.Ordinal));
        sheet.PrintOn(landscape: false);
        return sheet.Paginate(row, LastColumn, one => one == head || one == head + 1);
    }

    private static int WriteParagraph(IXLWorksheet sheet, int row, Paragraph paragraph)
    {
        var height = Lettering.Height(FirstLine + paragraph, sheet.WidthOf(1, LastColumn), TextSize, bold: true) + 6;
        var rows = (int)Math.Ceiling(height / HighestRow);
        var range = sheet.Range(row, 1, row + rows - 1, LastColumn).Merge();
        var text = range.FirstCell().RichText;
        text.AddText(FirstLine).SetFontName(Office.Font).SetFontSize(TextSize);
        foreach (var piece in paragraph.Pieces)
            text.AddText(piece.Text).SetFontName(Office.Font).SetFontSize(TextSize).SetBold(piece.FigureCode is not null);
        range.Style.Alignment.SetHorizontal(XLAlignmentHorizontalValues.Justify).Alignment.SetVertical(XLAlignmentVerticalValues.Top)
            .Alignment.SetWrapText(true).Font.SetFontSize(TextSize);
        for (var part = 0; part < rows; part++)
            sheet.Raise(row + part, height / rows);
        return row + rows;
    }

    /// <returns>The last row.</returns>
    private static int WriteCitations(IXLWorksheet sheet, int row, Report report, Dictionary<string, PlacedFigure> placed)
    {
        var cited = report.Narrative.SelectMany((paragraph, index) =>
            paragraph.Pieces.Where(piece => piece.FigureCode is { } code && placed.ContainsKey(code)).Select(piece => (Number: index + 1, Figure: placed[piece.FigureCode!]))).ToList();
        if (cited.Count == 0)
            return row;
        sheet.Line(row, 1, LastColumn, "Nguồn của các số trong lời văn", bold: true);
        string[] captions = ["Đoạn", "Số", "Chỉ tiêu", $"Vị trí ở tờ {placed.Values.First().Sheet}"];
        for (var column = 0; column < captions.Length; column++)
            sheet.Cell(row + 1, column + 1).SetValue(captions[column]);
        sheet.Range(row + 1, 1, row + 1, LastColumn).Head();
        sheet.FitRow(row + 1, 1, LastColumn);
        sheet.PageSetup.SetRowsToRepeatAtTop(row + 1, row + 1);
        row += 2;
        foreach (var (number, figure) in cited)
        {
            sheet.Cell(row, 1).SetValue(number);
            sheet.Cell(row, 3).SetValue(figure.Figure.Caption);
            sheet.Cell(row, 4).SetValue(figure.Label);
            sheet.Range(row, 1, row, LastColumn).Boxed();
            sheet.FitRow(row, 3, 3);
            var value = sheet.Cell(row, 2).SetValue(figure.Figure.Value);
            value.Style.AsNumber();
            value.LinkTo(figure.Sheet, figure.Cell, $"Xem số liệu này ở tờ {figure.Sheet}");
            foreach (var centred in new[] { 1, 4 })
                sheet.Cell(row, centred).Style.Alignment.SetHorizontal(XLAlignmentHorizontalValues.Center);
            row++;
        }
        return row - 1;
    }
}
