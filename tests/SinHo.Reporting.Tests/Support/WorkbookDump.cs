using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using ClosedXML.Excel;

namespace SinHo.Reporting.Tests.Support;

/// <summary>
/// A workbook as text in a stable order, for golden files: a reviewer cannot read bytes.
/// A line is a row of a sheet under its caption; a table wider than the page (frozen columns) is told by its columns. No line knows on which row or list number it stands:
/// links, names and page breaks go by captions, and what is only counted up (TT, pages) is told once for the sheet. So one more line in a report is one more line here.
/// What changes from build to build (the version) is masked.
/// </summary>
public static partial class WorkbookDump
{
    private static readonly string[] Changing = ["Phiên bản chương trình"];

    /// <param name="path">The workbook.</param>
    /// <param name="rowsPerTable">Rows of each Excel table that are written out; all of them go into a hash.</param>
    /// <param name="sheets">How many sheets, from the first.</param>
    public static string Text(string path, int rowsPerTable = 3, int sheets = int.MaxValue)
    {
        using var book = new XLWorkbook(path);
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"signed pages {SignedPages().Match(Footer(book.Worksheet(1))).Groups["pages"].Value}\n");
        foreach (var sheet in book.Worksheets.Take(sheets))
            new SheetText(sheet, rowsPerTable).Write(text);
        text.Append("== names\n");
        foreach (var name in book.NamedRanges.OrderBy(name => name.Name, StringComparer.Ordinal))
            text.Append(CultureInfo.InvariantCulture, $"{name.Name} = {string.Join(' ', name.Ranges.Select(range => $"{Title(range.Worksheet)} › {Place(range.FirstCell())}{Extent(range)}"))}\n");
        return text.ToString();
    }

    private static string Footer(IXLWorksheet sheet) => sheet.PageSetup.Footer.Center.GetText(XLHFOccurrence.OddPages);

    /// <summary>Lists are numbered in the order of their figures; here they go by the name of their table.</summary>
    private static string Title(IXLWorksheet sheet) => sheet.Tables.SingleOrDefault()?.Name ?? sheet.Name;

    private static string Place(IXLCell cell) => $"{Caption(cell.WorksheetRow(), Blocks(cell.Worksheet).Last(start => start <= cell.Address.ColumnNumber))} › {cell.Address.ColumnLetter}";

    /// <summary>Where tables begin that stand side by side under one head: with a TT of their own, or behind an empty column.</summary>
    private static int[] Blocks(IXLWorksheet sheet)
    {
        var head = sheet.PageSetup.LastRowToRepeatAtTop;
        if (head == 0)
            return [1];
        var gaps = sheet.Row(head).Cells(1, sheet.LastColumnUsed().ColumnNumber()).Where(cell => cell.IsEmpty() && cell.Style.Border.TopBorder == XLBorderStyleValues.None);
        return [1, .. Counting(sheet).Skip(1).Concat(gaps.Select(gap => gap.Address.ColumnNumber + 1)).Order()];
    }

    /// <summary>The columns that only count up.</summary>
    private static int[] Counting(IXLWorksheet sheet) => sheet.PageSetup.FirstRowToRepeatAtTop is > 0 and var head
        ? [.. sheet.Row(head).CellsUsed(XLCellsUsedOptions.Contents).Where(cell => cell.Value is "TT").Select(cell => cell.Address.ColumnNumber)]
        : [];

    private static string Extent(IXLRange range) =>
        range.RowCount() == 1 && range.ColumnCount() == 1 ? "" : string.Create(CultureInfo.InvariantCulture, $" {range.RowCount()}x{range.ColumnCount()}");

    /// <summary>The first words of a row: neither its number nor its mark.</summary>
    private static string Caption(IXLRow row, int from = 1) => Caption(row.CellsUsed(XLCellsUsedOptions.Contents).Where(cell => cell.Address.ColumnNumber >= from));

    private static string Caption(IEnumerable<IXLCell> row)
    {
        var texts = row.Where(cell => cell.Value is string).Select(Value).ToList();
        return texts.Find(text => text.Length > 1 && text.Any(char.IsLetter) && text != "TT" && !Mark().IsMatch(text)) ?? texts.FirstOrDefault() ?? "";
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
        var parts = new List<string> { string.Create(CultureInfo.InvariantCulture, $"{font.FontSize}") };
        if (font.FontName != "Times New Roman")
            parts.Add(font.FontName);
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
        return string.Join(' ', parts);
    }

    [GeneratedRegex(@"&P/(?<pages>\d+)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex SignedPages();

    [GeneratedRegex(@"Danh sách \d+ -", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex NumberOfList();

    /// <summary>A place in a report that is given by counting: I.2.1 of a report in groups, D13 of a form.</summary>
    [GeneratedRegex(@"^[IVX]+(\.\d+)+\.?|(?<=^Về ô [A-Z]+)\d+", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Counted();

    [GeneratedRegex(@"^([IVX]+(\.\d+)*|[A-Z]+\d+)$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Mark();

    private sealed class SheetText
    {
        private readonly IXLWorksheet sheet;
        private readonly string title;
        private readonly int rowsPerTable;
        private readonly int headFrom;
        private readonly int headTo;
        private readonly HashSet<int> counting;
        private readonly int[] blocks;
        private readonly int lastBoxed;
        private readonly Dictionary<string, string> listsByName;
        private readonly Dictionary<string, IXLRange> mergedFrom;

        public SheetText(IXLWorksheet sheet, int rowsPerTable)
        {
            this.sheet = sheet;
            this.rowsPerTable = rowsPerTable;
            title = Title(sheet);
            headFrom = sheet.PageSetup.FirstRowToRepeatAtTop;
            headTo = sheet.PageSetup.LastRowToRepeatAtTop;
            counting = [.. Counting(sheet)];
            blocks = Blocks(sheet);
            lastBoxed = blocks.Length == 1 ? 0 : sheet.CellsUsed(XLCellsUsedOptions.All).Where(cell => cell.Style.Border.TopBorder != XLBorderStyleValues.None).Max(cell => cell.Address.RowNumber);
            listsByName = sheet.Workbook.Worksheets.Where(list => list.Tables.Any()).ToDictionary(list => list.Name, Title, StringComparer.Ordinal);
            mergedFrom = sheet.MergedRanges.ToDictionary(range => range.FirstCell().Address.ToString()!, StringComparer.Ordinal);
        }

        private bool ByColumns => sheet.SheetView.SplitColumn > 0;

        public void Write(StringBuilder text)
        {
            var page = sheet.PageSetup;
            text.Append(CultureInfo.InvariantCulture, $"== {title}{(title == sheet.Name ? "" : sheet.Name[sheet.Name.IndexOf('.', StringComparison.Ordinal)..])}\n");
            text.Append(CultureInfo.InvariantCulture, $"page {page.PaperSize} {page.PageOrientation} fit {page.PagesWide}x{page.PagesTall} scale {page.Scale}");
            text.Append(CultureInfo.InvariantCulture, $" footer {NumberOfList().Replace(SignedPages().Replace(Footer(sheet), "&P/…"), "Danh sách … -")}\n");
            text.Append(CultureInfo.InvariantCulture, $"on every page {headTo - headFrom + (headFrom > 0 ? 1 : 0)} rows: {(headFrom > 0 ? Caption(sheet.Row(headFrom)) : "")}; columns {page.FirstColumnToRepeatAtLeft}-{page.LastColumnToRepeatAtLeft}\n");
            text.Append(CultureInfo.InvariantCulture, $"pages end after {string.Join("; ", page.RowBreaks.Select(row => Caption(sheet.Row(row))).Concat(page.ColumnBreaks.Select(ColumnCaption)))}\n");
            text.Append(CultureInfo.InvariantCulture, $"frozen {(sheet.SheetView.SplitRow == 0 ? "no row" : sheet.SheetView.SplitRow == headTo ? "the head" : Caption(sheet.Row(sheet.SheetView.SplitRow)))}, {sheet.SheetView.SplitColumn} columns\n");
            text.Append(CultureInfo.InvariantCulture, $"widths {string.Join(' ', sheet.ColumnsUsed().Select(column => Math.Round(column.Width, 1).ToString(CultureInfo.InvariantCulture)))}\n");
            var skipped = new HashSet<int>();
            foreach (var table in sheet.Tables)
            {
                text.Append(CultureInfo.InvariantCulture, $"table {table.Name} columns {table.ColumnCount()} rows {table.DataRange.RowCount()} content {ContentHash(table)}\n");
                skipped.UnionWith(table.DataRange.Rows().Skip(rowsPerTable).Select(row => row.RowNumber()));
            }

            var cells = sheet.CellsUsed(XLCellsUsedOptions.Contents).Where(cell => !skipped.Contains(cell.Address.RowNumber)).ToList();
            foreach (var column in counting)
                text.Append(CultureInfo.InvariantCulture, $"counted {string.Join(' ', cells.Where(cell => IsCounting(cell) && cell.Address.ColumnNumber == column).Select(Value))}\n");

            // One block after another: what is added to one moves the rest on the page, but not here.
            var before = 0;
            foreach (var row in cells.Where(cell => !IsByColumn(cell)).GroupBy(cell => (Block: Block(cell), cell.Address.RowNumber))
                         .OrderBy(row => blocks.Length > 1 && row.Key.RowNumber > lastBoxed).ThenBy(row => row.Key.Block).ThenBy(row => row.Key.RowNumber))
            {
                if (row.Key.RowNumber > before + 1 && before > 0 && row.Key.Block == 0)
                    text.Append(CultureInfo.InvariantCulture, $"{title} › ({row.Key.RowNumber - before - 1} blank)\n");
                before = row.Key.RowNumber;
                Line(text, Caption(row), [.. row], Label);
            }

            foreach (var column in cells.Where(IsByColumn).GroupBy(cell => cell.Address.ColumnNumber).OrderBy(column => column.Key))
                Line(text, ColumnCaption(column.Key), [.. column], cell => Value(cell.WorksheetRow().Cell(2)) is { Length: > 0 } code ? code : Caption(cell.WorksheetRow()));
        }

        private int Block(IXLCell cell) => cell.Address.RowNumber > headTo && cell.Address.RowNumber <= lastBoxed ? Array.FindLastIndex(blocks, start => start <= cell.Address.ColumnNumber) : 0;

        private bool IsByColumn(IXLCell cell) => ByColumns && cell.Address.RowNumber > sheet.SheetView.SplitRow && cell.Address.ColumnNumber > sheet.SheetView.SplitColumn;

        private bool IsCounting(IXLCell cell) => cell.Address.RowNumber > headTo && counting.Contains(cell.Address.ColumnNumber) && !mergedFrom.ContainsKey(cell.Address.ToString()!);

        private string ColumnCaption(int column) =>
            Enumerable.Range(headFrom, Math.Max(0, headTo - headFrom)).Select(row => Value(sheet.Cell(row, column))).LastOrDefault(text => text.Length > 0) ?? XLHelper.GetColumnLetterFromNumber(column);

        private void Line(StringBuilder text, string caption, List<IXLCell> cells, Func<IXLCell, string> label)
        {
            text.Append(CultureInfo.InvariantCulture, $"{title} › {Shown(caption)}");
            foreach (var cell in cells.Where(cell => !IsCounting(cell) && (Value(cell) != caption || mergedFrom.ContainsKey(cell.Address.ToString()!))))
                text.Append(CultureInfo.InvariantCulture, $" | {label(cell)} {(Value(cell) == caption ? "…" : Shown(Value(cell)))}");
            var looks = cells.GroupBy(cell => $"{Style(cell)}{Link(cell, label(cell))}").OrderBy(look => look.Count()).ToList();
            text.Append(CultureInfo.InvariantCulture, $" ‖ {string.Join("; ", looks.Select((look, at) => (at < looks.Count - 1 ? $"{string.Join(' ', look.Select(label))}: " : "") + look.Key))}\n");
        }

        /// <summary>The column, counted from its block; with the last column and the rows where cells are merged.</summary>
        private string Label(IXLCell cell)
        {
            var label = XLHelper.GetColumnLetterFromNumber(cell.Address.ColumnNumber - blocks[Block(cell)] + 1);
            if (!mergedFrom.TryGetValue(cell.Address.ToString()!, out var merged))
                return label;
            return $"{label}-{merged.LastColumn().ColumnLetter()}{(merged.RowCount() == 1 ? "" : string.Create(CultureInfo.InvariantCulture, $"x{merged.RowCount()}"))}";
        }

        private string Shown(string value) => listsByName.TryGetValue(value, out var list) ? list : Counted().Replace(value, "…");

        private string Link(IXLCell cell, string from)
        {
            if (!cell.HasHyperlink)
                return "";
            var to = sheet.Workbook.Range(cell.Hyperlink.InternalAddress).FirstCell();
            var caption = Caption(to.WorksheetRow());
            return $" → {Title(to.Worksheet)}{(to.Address.RowNumber == 1 ? "" : $" › {(caption == from ? "the same" : caption)}")}";
        }

        private static string ContentHash(IXLTable table)
        {
            var content = string.Join('\n', table.DataRange.Rows().Select(row => string.Join('\t', row.Cells().Select(Value))));
            return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(content)))[..16];
        }
    }
}
