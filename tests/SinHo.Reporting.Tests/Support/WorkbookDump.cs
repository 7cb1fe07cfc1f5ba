using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using ClosedXML.Excel;

namespace SinHo.Reporting.Tests.Support;

/// <summary>
/// A workbook as text in a stable order, for golden files: two saves of one book differ in bytes, and a reviewer cannot read bytes.
/// What changes from run to run (the moment of the snapshot, the version) is masked.
/// </summary>
public static class WorkbookDump
{
    private static readonly string[] Changing = ["Thời điểm lấy số liệu", "Phiên bản chương trình"];

    /// <param name="path">The workbook.</param>
    /// <param name="rowsPerTable">Rows of each Excel table that are written out; all of them go into a hash.</param>
    /// <param name="sheets">How many sheets, from the first.</param>
    public static string Text(string path, int rowsPerTable = 3, int sheets = int.MaxValue)
    {
        using var book = new XLWorkbook(path);
        var text = new StringBuilder();
        foreach (var sheet in book.Worksheets.Take(sheets))
            Sheet(text, sheet, rowsPerTable);
        text.Append("== names\n");
        foreach (var name in book.NamedRanges.OrderBy(name => name.Name, StringComparer.Ordinal))
            text.Append(CultureInfo.InvariantCulture, $"{name.Name} = {name.RefersTo}\n");
        return text.ToString();
    }

    private static void Sheet(StringBuilder text, IXLWorksheet sheet, int rowsPerTable)
    {
        var page = sheet.PageSetup;
        text.Append(CultureInfo.InvariantCulture, $"== {sheet.Name}\n");
        text.Append(CultureInfo.InvariantCulture, $"page {page.PaperSize} {page.PageOrientation} fit {page.PagesWide}x{page.PagesTall} scale {page.Scale}");
        text.Append(CultureInfo.InvariantCulture, $" rows {page.FirstRowToRepeatAtTop}-{page.LastRowToRepeatAtTop} columns {page.FirstColumnToRepeatAtLeft}-{page.LastColumnToRepeatAtLeft}");
        text.Append(CultureInfo.InvariantCulture, $" breaks {string.Join(',', page.ColumnBreaks)} {string.Join(',', page.RowBreaks)} footer {page.Footer.Center.GetText(XLHFOccurrence.OddPages)}\n");
        text.Append(CultureInfo.InvariantCulture, $"frozen {sheet.SheetView.SplitRow}x{sheet.SheetView.SplitColumn}\n");
        text.Append(CultureInfo.InvariantCulture, $"widths {string.Join(' ', sheet.ColumnsUsed().Select(column => Math.Round(column.Width, 1).ToString(CultureInfo.InvariantCulture)))}\n");
        text.Append(CultureInfo.InvariantCulture, $"merged {string.Join(' ', sheet.MergedRanges.Select(range => range.RangeAddress.ToString()))}\n");
        var skipped = new HashSet<int>();
        foreach (var table in sheet.Tables)
        {
            text.Append(CultureInfo.InvariantCulture, $"table {table.Name} {table.RangeAddress} rows {table.DataRange.RowCount()} content {ContentHash(table)}\n");
            skipped.UnionWith(table.DataRange.Rows().Skip(rowsPerTable).Select(row => row.RowNumber()));
        }

        foreach (var cell in sheet.CellsUsed(XLCellsUsedOptions.Contents).Where(cell => !skipped.Contains(cell.Address.RowNumber)))
            text.Append(CultureInfo.InvariantCulture, $"{cell.Address} | {Value(cell)} | {Style(cell)}\n");
    }

    private static string ContentHash(IXLTable table)
    {
        var content = string.Join('\n', table.DataRange.Cells().Select(cell => $"{cell.Address}={Value(cell)}"));
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(content)))[..16];
    }

    private static string Value(IXLCell cell)
    {
        var caption = cell.WorksheetRow().Cell(1).GetString();
        if (cell.Address.ColumnNumber > 1 && Changing.Contains(caption))
            return "(khác nhau mỗi lần)";
        return cell.Value switch
        {
            DateTime day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            IFormattable number => number.ToString(format: null, CultureInfo.InvariantCulture),
            var other => other.ToString()!.Replace("\n", "⏎", StringComparison.Ordinal),
        };
    }

    private static string Style(IXLCell cell)
    {
        var style = cell.Style;
        var font = style.Font;
        var parts = new List<string> { string.Create(CultureInfo.InvariantCulture, $"{font.FontName} {font.FontSize}") };
        if (font.Bold)
            parts.Add("bold");
        if (font.Italic)
            parts.Add("italic");
        if (font.FontColor.ColorType == XLColorType.Color && font.FontColor.Color.ToArgb() != System.Drawing.Color.Black.ToArgb())
            parts.Add($"#{font.FontColor.Color.ToArgb() & 0xFFFFFF:X6}");
        if (style.NumberFormat.Format.Length > 0)
            parts.Add(style.NumberFormat.Format);
        if (style.Alignment.Horizontal != XLAlignmentHorizontalValues.General)
            parts.Add(style.Alignment.Horizontal.ToString());
        if (style.Border.TopBorder != XLBorderStyleValues.None)
            parts.Add("boxed");
        if (cell.HasHyperlink)
            parts.Add($"→ {cell.Hyperlink.InternalAddress}");
        return string.Join(' ', parts);
    }
}
