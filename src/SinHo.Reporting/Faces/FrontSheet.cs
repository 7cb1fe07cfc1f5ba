using ClosedXML.Excel;
using SinHo.Reporting.Faces.Templates;
using SinHo.Reporting.Figures;

namespace SinHo.Reporting.Faces;

/// <summary>
/// The page that is signed, printed through the board's template: what stands above the table is taken as it is, every line of the table copies its model row,
/// what stands beneath moves down. Only the values are the report's.
/// </summary>
internal sealed class FrontSheet
{
    private readonly XLWorkbook book;
    private readonly TemplateFrame frame;
    private readonly IXLWorksheet sheet;
    private readonly FrontText text;
    private readonly string? signer;
    private readonly ListPlan lists;
    private readonly IReadOnlyList<FrontRow> rows;
    private readonly List<PlacedFigure> placed = [];
    private readonly int lastColumn;

    private FrontSheet(XLWorkbook book, Report report, Issue? issue, TemplateFrame frame, ListPlan lists)
    {
        this.lists = lists;
        this.book = book;
        this.frame = frame;
        text = new(report, issue);
        signer = issue?.Signer;
        rows = FrontRows.Of(report);
        lastColumn = Math.Max(frame.LastColumn, frame.Sheet.LastColumnUsed(XLCellsUsedOptions.Contents).ColumnNumber());
        sheet = frame.Sheet.CopyTo(book, frame.Sheet.Name);
        sheet.ShowGridLines = frame.Sheet.ShowGridLines;
    }

    /// <returns>The figures with their cells, in the order of the page, and how many pages it has.</returns>
    public static (IReadOnlyList<PlacedFigure> Placed, int Pages) Write(XLWorkbook book, Report report, Issue? issue, ReportTemplate template, ListPlan lists) =>
        new FrontSheet(book, report, issue, template.Frame, lists).Write();

    private (IReadOnlyList<PlacedFigure> Placed, int Pages) Write()
    {
        foreach (var name in sheet.NamedRanges.Select(name => name.Name).ToList())
            sheet.NamedRanges.Delete(name);
        sheet.Rows(frame.FirstModel, Math.Max(frame.LastFoot, sheet.LastRowUsed().RowNumber())).Delete();
        for (var row = 1; row < frame.FirstModel; row++)
            FillRow(row);
        for (var index = 0; index < rows.Count; index++)
            WriteRow(frame.FirstModel + index, rows[index]);
        var shift = rows.Count - TemplateFrame.Models;
        for (var row = frame.FirstAfterModels; row <= frame.LastFoot; row++)
        {
            CopyRow(row, row + shift);
            FillRow(row + shift);
        }

        var pages = Print(WriteSigner(frame.LastFoot + shift));
        if (sheet.SheetView.SplitRow > 0)
            sheet.FreezeHead(sheet.SheetView.SplitRow, sheet.SheetView.SplitColumn);
        return (placed, pages);
    }

    /// <summary>The name of who signed, under the room that the template leaves for his hand.</summary>
    /// <returns>The last row.</returns>
    private int WriteSigner(int last)
    {
        if (string.IsNullOrEmpty(signer) || frame.Sheet.Rows(frame.FirstFoot, frame.LastFoot).SelectMany(row => row.CellsUsed(XLCellsUsedOptions.Contents))
            .FirstOrDefault(cell => cell.GetString().Contains("{{signer}}", StringComparison.Ordinal)) is not { } heading)
            return last;
        var columns = heading.IsMerged() ? heading.MergedRange() : heading.AsRange();
        var name = sheet.Range(last + 1, columns.FirstColumn().ColumnNumber(), last + 1, columns.LastColumn().ColumnNumber());
        if (name.ColumnCount() > 1)
            name.Merge();
        name.Style = heading.Style;
        name.FirstCell().SetValue(signer);
        Fit(name.FirstCell());
        return last + 1;
    }

    private void CopyRow(int from, int to)
    {
        sheet.Row(to).Height = frame.Sheet.Row(from).Height;
        for (var column = 1; column <= lastColumn; column++)
        {
            var source = frame.Sheet.Cell(from, column);
            if (source.HasRichText)
                sheet.Cell(to, column).CopyFrom(source);
            else
                sheet.Cell(to, column).SetValue(source.Value);
            sheet.Cell(to, column).Style = source.Style;
        }

        foreach (var range in frame.Sheet.MergedRanges.Select(range => range.RangeAddress).Where(range => range.FirstAddress.RowNumber == from))
            sheet.Range(to, range.FirstAddress.ColumnNumber, range.LastAddress.RowNumber + to - from, range.LastAddress.ColumnNumber).Merge();
    }

    private void FillRow(int row)
    {
        foreach (var cell in sheet.Row(row).CellsUsed(XLCellsUsedOptions.Contents).ToList())
        {
            if (FrontText.IsNotices(cell) && !text.HasNotices)
                sheet.Row(row).Hide();
            var isFilled = cell.GetString().Contains("{{", StringComparison.Ordinal);
            text.Fill(cell);
            if (isFilled)
                Fit(cell);
        }
    }

    private void WriteRow(int row, FrontRow line)
    {
        var tallest = line.Halves.OfType<FrontHalf>().Max(half => frame.Sheet.Row(Model(half)).Height);
        sheet.Row(row).Height = tallest;
        for (var column = frame.FirstColumn; column <= frame.LastColumn; column++)
        {
            var half = line.Halves[frame.HalfOfColumn[column - frame.FirstColumn]];
            // Where one half is longer, the other goes on as empty boxes.
            var model = frame.Sheet.Cell(half is null ? frame.FirstModel + (int)RowLook.Detail : Model(half), column);
            var cell = sheet.Cell(row, column);
            cell.Style = model.Style;
            if (half is not null)
                WriteCell(cell, model, half);
        }

        foreach (var range in MergesOf(line))
            sheet.Range(row, range.FirstAddress.ColumnNumber, row, range.LastAddress.ColumnNumber).Merge();
        foreach (var cell in sheet.Row(row).CellsUsed(XLCellsUsedOptions.Contents).Where(cell => cell.DataType == XLDataType.Text))
            Fit(cell);
        if (!line.IsPrinted)
            sheet.Row(row).Hide();
    }

    private int Model(FrontHalf half) => frame.FirstModel + (int)half.Look;

    private IEnumerable<IXLRangeAddress> MergesOf(FrontRow line) => line.Halves.SelectMany((half, index) => half is null
        ? []
        : frame.Sheet.MergedRanges.Select(range => range.RangeAddress).Where(range =>
            range.FirstAddress.RowNumber == Model(half) && range.FirstAddress.ColumnNumber >= frame.FirstColumn
            && range.LastAddress.ColumnNumber <= frame.LastColumn && frame.HalfOfColumn[range.FirstAddress.ColumnNumber - frame.FirstColumn] == index));

    private void WriteCell(IXLCell cell, IXLCell model, FrontHalf half)
    {
        var wanted = model.GetString();
        var tags = TemplateTags.Pattern().Matches(wanted);
        if (tags.Count == 1 && tags[0].Value == wanted && half.Values.TryGetValue(tags[0].Groups["name"].Value, out var value))
        {
            WriteValue(cell, model, value);
            return;
        }

        cell.SetValue(FrontRows.Written(wanted, half));
        if (half.Indent > 0 && wanted.Contains($"{TemplateTags.Caption}}}}}", StringComparison.Ordinal))
            cell.Style.Alignment.SetIndent(model.Style.Alignment.Indent + half.Indent * 2);
    }

    private void WriteValue(IXLCell cell, IXLCell model, FrontValue value)
    {
        switch (value.Value)
        {
            case int whole:
                cell.SetValue(whole);
                break;
            case decimal number:
                cell.SetValue(number);
                break;
            case string words:
                cell.SetValue(words);
                return;
            default:
                return;
        }

        // A format that the board chose stays; Excel puts in the separators of its own language.
        if (model.Style.NumberFormat.NumberFormatId == 0 && model.Style.NumberFormat.Format.Length == 0)
            cell.Style.NumberFormat.SetFormat(value.Decimals == 0 ? Office.NumberFormat : $"{Office.NumberFormat}.{new string('0', value.Decimals)}");
        if (value.Figure is { } figure)
            Place(cell, figure, value.Label);
    }

    private void Place(IXLCell cell, Figure figure, string label)
    {
        var address = cell.Address.ToString()!;
        var cited = label.Length > 0 ? label : address;
        var list = lists.Of(figure);
        placed.Add(new(figure, cited, sheet.Name, address, list));
        book.NamedRanges.Add(PlacedFigure.NameOf(figure), cell.AsRange());
        if (list is null)
            return;
        var style = cell.Style;
        var (colour, underline) = (style.Font.FontColor, style.Font.Underline);
        cell.LinkTo(list.Name, EvidenceSheet.Target, "Xem danh sách được đếm");
        cell.Style.Font.SetFontColor(colour).Font.SetUnderline(underline);
    }

    /// <summary>Merged cells never grow by themselves, and neither program makes a row higher on opening.</summary>
    private void Fit(IXLCell cell)
    {
        var range = cell.IsMerged() ? cell.MergedRange() : cell.AsRange();
        var (first, last) = (range.FirstRow().RowNumber(), range.LastRow().RowNumber());
        if (sheet.Row(first).IsHidden)
            return;
        cell.Style.Alignment.SetWrapText(true);
        var font = cell.Style.Font;
        var room = sheet.WidthOf(range.FirstColumn().ColumnNumber(), range.LastColumn().ColumnNumber()) - cell.Style.Alignment.Indent;
        var above = Enumerable.Range(first, last - first).Sum(row => sheet.Row(row).Height);
        sheet.Raise(last, Lettering.Height(cell.GetString(), room, font.FontSize, font.Bold || cell.HasRichText) - above);
    }

    private int Print(int last)
    {
        sheet.PageSetup.PaperSize = XLPaperSize.A4Paper;
        var block = Math.Max(frame.FirstModel, frame.FirstModel + rows.Count - PageBreaks.RowsAboveSignatures);
        return sheet.Paginate(last, lastColumn, StaysWithNext, block: block);
    }

    /// <summary>The head of the page, a heading, and a line above its details.</summary>
    private bool StaysWithNext(int row)
    {
        var index = row - frame.FirstModel;
        if (index < 0 || index >= rows.Count - 1)
            return index < 0;
        return rows[index].Halves.Zip(rows[index + 1].Halves).Any(pair =>
            pair.First is { } line && (line.Look is RowLook.Head or RowLook.Note || pair.Second?.Indent > line.Indent));
    }
}
