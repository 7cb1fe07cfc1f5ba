using ClosedXML.Excel;
using SinHo.Reporting.Figures;

namespace SinHo.Reporting.Faces;

/// <summary>The looks that all sheets of a report share, after docs/spec/statistics.md 4.2-4.3: Times New Roman, thin borders, A4, page x/y.</summary>
internal static class Office
{
    public const string Font = "Times New Roman";
    public const double BodySize = 12;
    public const string NumberFormat = "#,##0";
    public const string DateFormat = "dd/mm/yyyy";

    /// <summary>What of the width of a page columns may take: printers and programs measure letters in their own way.</summary>
    public const double SureOfWidth = 0.97;

    // A third of a screen of 768 pixels, in points.
    private const double HighestFrozen = 192;

    private const double PortraitPoints = 496;
    private const double LandscapePoints = 743;
    private const double A4Short = 595.3;
    private const double A4Long = 841.9;

    private static readonly XLColor HeadFill = XLColor.FromHtml("#EDEDED");
    private static readonly XLColor LinkColour = XLColor.FromHtml("#1F3864");

    public static readonly XLColor Alarm = XLColor.FromHtml("#C00000");

    /// <param name="question">What the book answers; null where it answers none.</param>
    public static XLWorkbook NewBook(string title, FileQuestion? question = null)
    {
        var book = new XLWorkbook();
        book.Style.Font.SetFontName(Font).Font.SetFontSize(BodySize);
        book.Style.Alignment.SetVertical(XLAlignmentVerticalValues.Center);
        book.Properties.Title = title;
        book.Properties.Author = "SinHo.Reporting";
        book.Properties.LastModifiedBy = "SinHo.Reporting";
        book.Properties.Company = "";
        if (question is not null)
            book.CustomProperties.Add(PaperQuestion.Property, PaperQuestion.Write(question));
        return book;
    }

    public static IXLWorksheet AddSheet(this XLWorkbook book, string name, params ReadOnlySpan<double> widths)
    {
        var sheet = book.AddWorksheet(name);
        sheet.Style.Font.SetFontName(Font).Font.SetFontSize(BodySize);
        sheet.ShowGridLines = false;
        for (var column = 0; column < widths.Length; column++)
            sheet.Column(column + 1).Width = widths[column];
        return sheet;
    }

    /// <summary>Units of column width that the columns really take: ClosedXML adds the padding of a cell to each.</summary>
    public static double WidthOf(this IXLWorksheet sheet, int first, int last)
    {
        const double padding = 0.71;
        return Enumerable.Range(first, last - first + 1).Sum(column => sheet.Column(column).Width + padding);
    }

    /// <summary>A text across merged columns, as high as it needs; the row never gets lower.</summary>
    public static IXLRange Line(this IXLWorksheet sheet, int row, int first, int last, string text, double size = BodySize, bool bold = false, bool italic = false)
    {
        var range = sheet.Range(row, first, row, last);
        if (last > first)
            range.Merge();
        range.FirstCell().SetValue(text);
        range.Style.Font.SetFontSize(size).Font.SetBold(bold).Font.SetItalic(italic).Alignment.SetWrapText(true);
        sheet.Raise(row, Lettering.Height(text, sheet.WidthOf(first, last), size, bold));
        return range;
    }

    public static void Raise(this IXLWorksheet sheet, int row, double height)
    {
        const double lowest = 16.5;
        const double highest = 409;
        var now = sheet.Row(row).Height;
        sheet.Row(row).Height = Math.Clamp(Math.Max(now, height), lowest, highest);
    }

    /// <summary>Raises a row of single cells to the highest wrapped text in it.</summary>
    public static void FitRow(this IXLWorksheet sheet, int row, int first, int last)
    {
        for (var column = first; column <= last; column++)
        {
            var cell = sheet.Cell(row, column);
            cell.Style.Alignment.SetWrapText(true);
            var room = sheet.WidthOf(column, column) - cell.Style.Alignment.Indent;
            sheet.Raise(row, Lettering.Height(cell.GetString(), room, cell.Style.Font.FontSize, cell.Style.Font.Bold));
        }
    }

    public static IXLRange Boxed(this IXLRange range)
    {
        range.Style.Border.SetInsideBorder(XLBorderStyleValues.Thin).Border.SetOutsideBorder(XLBorderStyleValues.Thin);
        return range;
    }

    public static IXLRange Head(this IXLRange range)
    {
        range.Boxed().Style.Font.SetBold(true).Fill.SetBackgroundColor(HeadFill)
            .Alignment.SetHorizontal(XLAlignmentHorizontalValues.Center).Alignment.SetWrapText(true);
        return range;
    }

    /// <summary>A number, a little away from the border at its right.</summary>
    public static IXLStyle AsNumber(this IXLStyle style) =>
        style.NumberFormat.SetFormat(NumberFormat).Alignment.SetHorizontal(XLAlignmentHorizontalValues.Right).Alignment.SetIndent(1);

    /// <summary>The row 1 2 3 … under a header: people cite "biểu này, dòng II.2, cột 4".</summary>
    public static void NumberColumns(this IXLWorksheet sheet, int row, int last)
    {
        for (var column = 1; column <= last; column++)
            sheet.Cell(row, column).SetValue(column);
        sheet.Range(row, 1, row, last).Boxed().Style.Font.SetItalic(true).Font.SetFontSize(10)
            .Alignment.SetHorizontal(XLAlignmentHorizontalValues.Center);
    }

    /// <summary>Links a cell to a place of the same book, without shouting.</summary>
    public static void LinkTo(this IXLCell cell, string sheet, string address, string tip)
    {
        var style = (cell.Style.Font.FontSize, cell.Style.Font.Bold);
        cell.Hyperlink = new XLHyperlink($"'{sheet.Replace("'", "''", StringComparison.Ordinal)}'!{address}", tip);
        cell.Style.Font.SetFontColor(LinkColour).Font.SetUnderline(XLFontUnderlineValues.Single)
            .Font.SetFontName(Font).Font.SetFontSize(style.FontSize).Font.SetBold(style.Bold);
    }

    /// <summary>A4 with margins 20/20/20/15 mm and page x/y. Rows of the heading come again on every page.</summary>
    public static void PrintOn(this IXLWorksheet sheet, bool landscape, int firstHeadRow = 0, int lastHeadRow = 0)
    {
        var page = sheet.PageSetup;
        page.PaperSize = XLPaperSize.A4Paper;
        page.PageOrientation = landscape ? XLPageOrientation.Landscape : XLPageOrientation.Portrait;
        page.Margins.SetTop(0.79).SetBottom(0.79).SetLeft(0.79).SetRight(0.59).SetHeader(0.3).SetFooter(0.4);
        page.CenterHorizontally = true;
        page.FitToPages(1, 0);
        page.Footer.Center.AddText("Trang &P/&N").SetFontName(Font).SetFontSize(11);
        if (firstHeadRow > 0)
            page.SetRowsToRepeatAtTop(firstHeadRow, lastHeadRow);
    }

    /// <summary>Ends the pages of a sheet by hand, so that both programs end them alike and their number is known. Wide sheets are made smaller.</summary>
    /// <param name="staysWithNext">Rows that may not end a page.</param>
    /// <param name="width">Units of column width on one page; null for all columns.</param>
    /// <param name="block">First row of those that stay together up to the last one; 0 for none.</param>
    /// <returns>How many pages it takes from the first row to the last.</returns>
    public static int Paginate(this IXLWorksheet sheet, int lastRow, int lastColumn, Func<int, bool>? staysWithNext = null, double? width = null, int block = 0)
    {
        var page = sheet.PageSetup;
        var (room, height) = Printable(page.Margins, page.PageOrientation == XLPageOrientation.Landscape);
        var used = (width ?? sheet.WidthOf(1, lastColumn)) * Lettering.PointsPerChar;
        // Both programs ignore breaks set by hand where a sheet is fitted to pages, so the scale is a number.
        var scale = (int)Math.Min(page.Scale is > 0 and < 100 ? page.Scale : 100, 100 * room * SureOfWidth / used);
        page.AdjustTo(scale);
        page.PrintAreas.Clear();
        page.PrintAreas.Add(1, 1, lastRow, lastColumn);
        var heights = Enumerable.Range(1, lastRow).Select(row => sheet.Row(row).IsHidden ? 0 : sheet.Row(row).Height).ToList();
        var repeated = page.FirstRowToRepeatAtTop > 0
            ? heights.Skip(page.FirstRowToRepeatAtTop - 1).Take(page.LastRowToRepeatAtTop - page.FirstRowToRepeatAtTop + 1).Sum()
            : 0;
        var breaks = new PageBreaks(height * 100 / scale, repeated).Find(heights, staysWithNext ?? (_ => false), block);
        foreach (var row in breaks)
            page.AddHorizontalPageBreak(row);
        return breaks.Count + 1;
    }

    /// <summary>Pages that are counted by themselves, not among those that are signed.</summary>
    public static void OwnPages(this IXLWorksheet sheet, string name)
    {
        sheet.PageSetup.Footer.Center.Clear();
        sheet.PageSetup.Footer.Center.AddText($"{name} - trang &P").SetFontName(Font).SetFontSize(11);
        sheet.PageSetup.FirstPageNumber = 1;
    }

    /// <summary>Keeps rows and columns in sight; rows only where they leave two thirds of a small screen.</summary>
    public static void FreezeHead(this IXLWorksheet sheet, int lastRow, int lastColumn = 0) =>
        sheet.SheetView.Freeze(Enumerable.Range(1, lastRow).Sum(row => sheet.Row(row).IsHidden ? 0 : sheet.Row(row).Height) <= HighestFrozen ? lastRow : 0, lastColumn);

    /// <summary>Units of column width that an A4 page holds at full size.</summary>
    public static double PageWidth(bool landscape) => (landscape ? LandscapePoints : PortraitPoints) / Lettering.PointsPerChar;

    /// <summary>Points between the margins of an A4 page.</summary>
    public static (double Width, double Height) Printable(IXLMargins margins, bool landscape)
    {
        const double inch = 72;
        var (width, height) = landscape ? (A4Long, A4Short) : (A4Short, A4Long);
        return (width - (margins.Left + margins.Right) * inch, height - (margins.Top + margins.Bottom) * inch);
    }
}
