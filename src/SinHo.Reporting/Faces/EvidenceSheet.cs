using ClosedXML.Excel;
using SinHo.Reporting.Figures;
using SinHo.Reporting.Words;
using SinHo.Reporting.Workbooks;

namespace SinHo.Reporting.Faces;

/// <summary>The rows behind one figure, as an Excel table that can be filtered, with the way back to the figure.</summary>
internal static class EvidenceSheet
{
    // Links lead to the title, and the specification wants it at most six rows above the first row of data.
    private const int HeadRow = 5;
    private const double TextSize = 11;
    private const double FilterButton = 3;
    private const double NarrowestTitle = 60;

    /// <returns>The rows, to be streamed in place of the sample row.</returns>
    public static StreamedRows Write(XLWorkbook book, Report report, PlacedFigure placed)
    {
        var figure = placed.Figure;
        var rows = WriteList(book, figure, placed.EvidenceSheet!,
        [
            $"{(placed.Label == placed.Cell ? "" : $"{placed.Label}. ")}{figure.Caption}: {Vietnamese.Number(figure.Value)} {figure.CountedIn}",
            $"{report.Unit.Name}; số liệu {placed.When.Replace('\n', ' ')}",
            $"Cách tính: {figure.Rule}",
            $"Về số liệu ở tờ {placed.Sheet}, ô {placed.Cell}",
        ]);
        book.Worksheet(placed.EvidenceSheet!).Cell(4, 1).LinkTo(placed.Sheet, placed.Cell, "Trở về số liệu");
        return rows;
    }

    /// <summary>A sheet of its own for the rows of a figure, under up to four lines of title.</summary>
    public static StreamedRows WriteList(XLWorkbook book, Figure figure, string name, IReadOnlyList<string> titles)
    {
        var columns = figure.Evidence.Columns;
        var sheet = book.AddSheet(name, [.. columns.Select(Width)]);
        // A table of one narrow column still needs a title that can be read: it then runs over the columns beside it.
        var last = columns.Count;
        while (sheet.WidthOf(1, last) < NarrowestTitle)
            last++;
        for (var line = 0; line < titles.Count; line++)
        {
            var title = sheet.Line(line + 1, 1, last, titles[line], line switch { 0 => 13, 1 => Office.BodySize, _ => TextSize }, bold: line == 0);
            title.Style.Font.SetItalic(line is 1 or 2);
        }
        WriteTable(sheet, figure);
        sheet.PrintOn(landscape: sheet.WidthOf(1, columns.Count) > Office.PageWidth(landscape: false) * 1.1, HeadRow, HeadRow);
        sheet.SheetView.FreezeRows(HeadRow);
        var widths = columns.Select((_, index) => sheet.WidthOf(index + 1, index + 1)).ToArray();
        return new StreamedRows(name, HeadRow + 1, figure.Evidence.Rows()) { Height = row => Height(row, widths) };
    }

    /// <summary>Neither Excel nor LibreOffice makes a row higher on opening.</summary>
    private static double? Height(object?[] row, double[] widths)
    {
        var highest = row.Zip(widths, (value, width) => value is string text ? Lettering.Height(text, width, TextSize) : 0).Max();
        return highest > Lettering.Height("", widths[0], TextSize) ? highest : null;
    }

    private static void WriteTable(IXLWorksheet sheet, Figure figure)
    {
        var columns = figure.Evidence.Columns;
        var captions = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        for (var index = 0; index < columns.Count; index++)
        {
            // A table with two equal captions is a damaged file to Excel.
            var caption = columns[index].Caption;
            for (var again = 2; !captions.Add(caption); again++)
                caption = $"{columns[index].Caption} ({again})";
            sheet.Cell(HeadRow, index + 1).SetValue(caption);
            Style(sheet.Cell(HeadRow + 1, index + 1), columns[index].Kind);
        }

        var table = sheet.Range(HeadRow, 1, HeadRow + 1, columns.Count).CreateTable($"ds_{string.Concat(figure.Code.Select(letter => char.IsAsciiLetterOrDigit(letter) ? letter : '_'))}");
        table.Theme = XLTableTheme.None;
        sheet.Range(HeadRow, 1, HeadRow, columns.Count).Head().Style.Font.SetFontSize(TextSize);
        sheet.FitRow(HeadRow, 1, columns.Count);
        sheet.Raise(HeadRow, 22);
    }

    private static void Style(IXLCell sample, EvidenceKind kind)
    {
        sample.AsRange().Boxed().Style.Font.SetFontSize(TextSize);
        switch (kind)
        {
            case EvidenceKind.Date:
                sample.Style.NumberFormat.SetFormat(Office.DateFormat).Alignment.SetHorizontal(XLAlignmentHorizontalValues.Center);
                break;
            case EvidenceKind.Number:
                sample.Style.AsNumber();
                break;
            default:
                // The prefix keeps "=1+1" a text even after somebody edits the cell.
                sample.Style.SetIncludeQuotePrefix().Alignment.SetWrapText(true);
                break;
        }
    }

    /// <summary>As asked, but no narrower than the longest word of the caption beside the filter's button, and a whole date.</summary>
    private static double Width(EvidenceColumn column)
    {
        const double date = 12;
        var longestWord = column.Caption.Split(' ').Max(word => Lettering.Width(word, TextSize, bold: true)) / Lettering.PointsPerChar;
        return Math.Max(Math.Max(column.Width, column.Kind == EvidenceKind.Date ? date : 0), Math.Ceiling(longestWord + FilterButton));
    }
}
