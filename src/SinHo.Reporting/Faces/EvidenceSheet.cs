using System.Globalization;
using ClosedXML.Excel;
using SinHo.Reporting.Figures;
using SinHo.Reporting.Words;
using SinHo.Reporting.Workbooks;

namespace SinHo.Reporting.Faces;

/// <summary>The rows behind one figure or several that count the same, as an Excel table that can be filtered, with the way back to each.</summary>
internal static class EvidenceSheet
{
    /// <summary>Where links to the list lead: its title, at most six rows above the first row of data.</summary>
    public const string Target = "A1";

    private const int HeadRow = 5;
    private const int LinksRow = 4;
    private const int MostNamed = 3;
    private const double TextSize = 11;
    private const double FilterButton = 3;
    private const double NarrowestTitle = 60;
    private const double NarrowestLink = 13;

    private static readonly EvidenceColumn Number = new("tt", "TT", EvidenceKind.Number, 6);

    /// <summary>The row of the sheet that holds a row of the list, counted from 0.</summary>
    public static int RowOf(int index) => HeadRow + 1 + index;

    /// <param name="placed">The figures that count these rows.</param>
    /// <returns>The rows, to be streamed in place of the sample row.</returns>
    public static StreamedRows Write(XLWorkbook book, Report report, ListSheet list, IReadOnlyList<PlacedFigure> placed)
    {
        var first = placed[0];
        var named = string.Join("; ", placed.Take(MostNamed).Select(figure => figure.Cited)) + (placed.Count > MostNamed ? $" và {placed.Count - MostNamed} số liệu khác" : "");
        var rules = placed.Select(figure => figure.Figure.Rule).Distinct().Take(MostNamed);
        var whens = placed.Select(figure => figure.When.Replace('\n', ' ')).Distinct().Take(MostNamed);
        var rows = WriteList(book, first.Figure, list.Name,
        [
            $"{named}: {Vietnamese.Number(first.Figure.Value)} {first.Figure.CountedIn}",
            $"{report.Unit.Name}; số liệu {string.Join("; ", whens)}",
            $"Cách tính: {string.Join("; ", rules)}",
        ], string.Create(CultureInfo.InvariantCulture, $"Danh sách {list.Number}"));
        var sheet = book.Worksheet(list.Name);
        var column = 1;
        foreach (var figure in placed)
        {
            var last = column;
            while (sheet.WidthOf(column, last) < NarrowestLink)
                last++;
            sheet.Line(LinksRow, column, last, $"Về ô {figure.Cell}", TextSize).FirstCell().LinkTo(figure.Sheet, figure.Cell, $"Trở về số liệu: {figure.Figure.Caption}");
            column = last + 1;
        }
        return rows;
    }

    /// <summary>A sheet of its own for the rows of a figure, under three lines of title.</summary>
    /// <param name="pages">What stands before the number of a page.</param>
    /// <param name="letterhead">Above the title, of a list that is a document of its own; null for one that belongs to a report.</param>
    public static StreamedRows WriteList(XLWorkbook book, Figure figure, string name, IReadOnlyList<string> titles, string pages, Letterhead? letterhead = null)
    {
        var own = figure.Evidence.Columns;
        // The number and where the row stood come first on paper.
        var places = new[] { EvidenceColumn.GrassrootsCode.Key, EvidenceColumn.PartCode.Key }.Select(key => own.ToList().FindIndex(column => column.Key == key)).Where(place => place >= 0).ToList();
        int[] order = [.. places, .. Enumerable.Range(0, own.Count).Except(places)];
        List<EvidenceColumn> columns = [Number, .. order.Select(place => own[place])];
        var sheet = book.AddSheet(name, [.. columns.Select(Width)]);
        // A table of one narrow column still needs a title that can be read: it then runs over the columns beside it.
        var last = columns.Count;
        while (sheet.WidthOf(1, last) < NarrowestTitle)
            last++;
        if (letterhead is not null)
            sheet.Line(1, 1, last, string.Join(" - ", letterhead.Superior.Split('\n').Append(letterhead.Issuer).Where(text => text.Length > 0)), TextSize);
        var above = letterhead is null ? 1 : 2;
        for (var line = 0; line < titles.Count; line++)
        {
            var title = sheet.Line(line + above, 1, last, titles[line], line switch { 0 => 13, 1 => Office.BodySize, _ => TextSize }, bold: line == 0);
            title.Style.Font.SetItalic(line is 1 or 2);
        }
        WriteTable(sheet, figure.Code, columns);
        sheet.PrintOn(landscape: sheet.WidthOf(1, columns.Count) > Office.PageWidth(landscape: false) * 1.1, HeadRow, HeadRow);
        sheet.OwnPages(pages);
        sheet.FreezeHead(HeadRow);
        var widths = columns.Select((_, index) => sheet.WidthOf(index + 1, index + 1)).ToArray();
        return new StreamedRows(name, HeadRow + 1, Numbered(figure.Evidence, order)) { Height = row => Height(row, widths) };
    }

    /// <inheritdoc cref="WorkbookFace.WarmUp"/>
    public static void WarmUp(XLWorkbook book)
    {
        var sheet = book.AddSheet("Danh sách", [.. new[] { Number, EvidenceColumn.GrassrootsCode }.Select(Width)]);
        sheet.Line(1, 1, 2, "Danh sách", TextSize, bold: true);
        WriteTable(sheet, "figure", [Number, EvidenceColumn.GrassrootsCode]);
        sheet.PrintOn(landscape: false, HeadRow, HeadRow);
        sheet.FreezeHead(HeadRow);
    }

    private static IEnumerable<object?[]> Numbered(Evidence evidence, int[] order) =>
        evidence.Rows().Select((row, index) =>
        {
            var numbered = new object?[order.Length + 1];
            numbered[0] = index + 1;
            for (var column = 0; column < order.Length; column++)
                numbered[column + 1] = row[order[column]];
            return numbered;
        });

    /// <summary>Neither Excel nor LibreOffice makes a row higher on opening.</summary>
    private static double? Height(object?[] row, double[] widths)
    {
        var highest = 0d;
        for (var column = 0; column < row.Length; column++)
        {
            if (row[column] is string text && !Lettering.IsOneLine(text, widths[column], TextSize))
                highest = Math.Max(highest, Lettering.Height(text, widths[column], TextSize));
        }
        return highest > Lettering.Height("", widths[0], TextSize) ? highest : null;
    }

    private static void WriteTable(IXLWorksheet sheet, string code, List<EvidenceColumn> columns)
    {
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
        sheet.Cell(HeadRow + 1, 1).Style.Alignment.SetIndent(0).Alignment.SetHorizontal(XLAlignmentHorizontalValues.Center);

        var table = sheet.Range(HeadRow, 1, HeadRow + 1, columns.Count).CreateTable($"ds_{string.Concat(code.Select(letter => char.IsAsciiLetterOrDigit(letter) ? letter : '_'))}");
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
            case EvidenceKind.Date or EvidenceKind.Birth:
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
        if (column == Number)
            return column.Width + FilterButton - 1;
        var longestWord = column.Caption.Split(' ').Max(word => Lettering.Width(word, TextSize, bold: true)) / Lettering.PointsPerChar;
        return Math.Max(Math.Max(column.Width, column.Kind is EvidenceKind.Date or EvidenceKind.Birth ? date : 0), Math.Ceiling(longestWord + FilterButton));
    }
}
