using ClosedXML.Excel;
using SinHo.Reporting.Figures;
using SinHo.Reporting.Words;

namespace SinHo.Reporting.Faces;

/// <summary>
/// "Theo đơn vị": one row per part and the unit's own value beneath. One table on the screen; on paper, page after page of columns
/// with the names of the parts repeated at the left. Title and notes lie above and beneath these names, so every run of columns shows them whole.
/// </summary>
internal sealed class BreakdownSheet
{
    public const string Name = "Theo đơn vị";

    private const int Left = 3;
    private const int HeadRow = 3;
    private const int FirstRow = HeadRow + 3;
    private const double ValueWidth = 11;
    private const double HeadSize = 11;

    // Twelve points printed as ten: small, and still read without glasses.
    private const double SmallestScale = 0.85;

    private readonly Report report;
    private readonly Breakdown breakdown;
    private readonly IXLWorksheet sheet;
    private readonly ListPlan lists;
    private readonly Period period;

    private BreakdownSheet(Report report, IXLWorksheet sheet, ListPlan lists)
    {
        this.report = report;
        this.lists = lists;
        breakdown = report.Breakdown;
        period = report.Period;
        this.sheet = sheet;
    }

    private int LastColumn => Left + breakdown.Columns.Count;

    private int TotalRow => FirstRow + breakdown.Rows.Count + (breakdown.Outside is null ? 0 : 1);

    /// <returns>How many pages it has.</returns>
    public static int Write(XLWorkbook book, Report report, ListPlan lists)
    {
        if (report.Breakdown.Columns.Count == 0)
            return 0;
        if (report.Breakdown.Rows.Count == 0)
        {
            var empty = book.AddSheet(Name, 80);
            empty.Line(1, 1, 1, "SỐ LIỆU THEO ĐƠN VỊ", 14, bold: true);
            empty.Line(3, 1, 1, $"{report.Unit.Name} không có đơn vị trực thuộc để tách số liệu; số liệu của đơn vị ở trang đầu.");
            empty.PrintOn(landscape: false);
            return empty.Paginate(3, 1);
        }

        double[] widths = [5, 12, 34, .. report.Breakdown.Columns.Select(_ => ValueWidth)];
        return new BreakdownSheet(report, book.AddSheet(Name, widths), lists).Write();
    }

    private int Write()
    {
        var perPage = (int)((Office.PageWidth(landscape: true) * Office.SureOfWidth / SmallestScale - sheet.WidthOf(1, Left)) / sheet.WidthOf(Left + 1, Left + 1));
        var pages = Pages(perPage);
        sheet.Line(1, 1, Left, $"SỐ LIỆU THEO {Vietnamese.Capitals(breakdown.PartsCaption)}", 13, bold: true);
        sheet.Line(2, 1, Left, $"Từ {Vietnamese.Day(period.From)} đến hết {Vietnamese.Day(period.To)}; số thời điểm: đến hết ngày cuối kỳ", HeadSize, italic: true);
        WriteHead(pages);
        WriteRows();
        return Print(pages, WriteNotes());
    }

    /// <summary>Runs of columns that fit one page, as few and as equal as can be: a page of one column after a full one wastes paper for every part.</summary>
    private List<(int Start, int End)> Pages(int perPage)
    {
        var columns = breakdown.Columns.Count;
        var pages = (columns + perPage - 1) / perPage;
        return [.. Enumerable.Range(0, pages).Select(page => (Left + 1 + columns * page / pages, Left + columns * (page + 1) / pages))];
    }

    private IEnumerable<(string Caption, int Start, int End)> Groups()
    {
        var start = 0;
        for (var index = 1; index <= breakdown.Columns.Count; index++)
        {
            if (index < breakdown.Columns.Count && breakdown.Columns[index].Group == breakdown.Columns[start].Group)
                continue;
            yield return (breakdown.Columns[start].Group, Left + 1 + start, Left + index);
            start = index;
        }
    }

    private void WriteHead(List<(int Start, int End)> pages)
    {
        string[] captions = ["TT", "Mã", breakdown.PartsCaption];
        for (var column = 1; column <= Left; column++)
            sheet.Range(HeadRow, column, HeadRow + 1, column).Merge().FirstCell().SetValue(captions[column - 1]);
        foreach (var group in Groups())
        {
            foreach (var page in pages.Where(page => page.Start <= group.End && page.End >= group.Start))
            {
                var start = Math.Max(page.Start, group.Start);
                var end = Math.Min(page.End, group.End);
                sheet.Line(HeadRow, start, end, start == group.Start ? group.Caption : $"{group.Caption} (tiếp)", HeadSize, bold: true);
            }
        }

        foreach (var (column, index) in breakdown.Columns.Select((column, index) => (column, index)))
            sheet.Cell(HeadRow + 1, Left + 1 + index).SetValue(column.Additive ? column.Caption : $"{column.Caption} (*)");
        sheet.Range(HeadRow, 1, HeadRow + 1, LastColumn).Head().Style.Font.SetFontSize(HeadSize);
        sheet.FitRow(HeadRow + 1, Left + 1, LastColumn);
        sheet.NumberColumns(HeadRow + 2, LastColumn);
    }

    private void WriteRows()
    {
        for (var index = 0; index < breakdown.Rows.Count; index++)
        {
            var part = breakdown.Rows[index];
            sheet.Cell(FirstRow + index, 1).SetValue(index + 1);
            sheet.Cell(FirstRow + index, 2).SetValue(part.Code);
            sheet.Cell(FirstRow + index, 3).SetValue(part.Name);
            WriteValues(FirstRow + index, part.Values);
            sheet.FitRow(FirstRow + index, 2, 3);
        }

        if (breakdown.Outside is { } outside)
        {
            sheet.Cell(TotalRow - 1, Left).SetValue(Breakdown.OutsideCaption).Style.Font.SetItalic();
            WriteValues(TotalRow - 1, outside);
            sheet.Raise(TotalRow - 1, 0);
        }
        sheet.Range(TotalRow, 1, TotalRow, Left).Merge().FirstCell().SetValue("Toàn đơn vị");
        WriteValues(TotalRow, breakdown.Total);
        var body = sheet.Range(FirstRow, 1, TotalRow, LastColumn).Boxed();
        body.Column(1).Style.Alignment.SetHorizontal(XLAlignmentHorizontalValues.Center);
        var total = sheet.Range(TotalRow, 1, TotalRow, LastColumn);
        total.Style.Font.SetBold(true);
        total.FirstCell().Style.Alignment.SetHorizontal(XLAlignmentHorizontalValues.Center);
        sheet.Raise(TotalRow, 20);
        sheet.Range(FirstRow, Left + 1, TotalRow, LastColumn).Style.AsNumber();
        for (var index = 0; index < breakdown.Rows.Count; index++)
            LinkValues(FirstRow + index, breakdown.Rows[index].Values, breakdown.Rows[index].Code);
        if (breakdown.Outside is { } none)
            LinkValues(TotalRow - 1, none, "");
        LinkValues(TotalRow, breakdown.Total, null);
    }

    private void WriteValues(int row, IReadOnlyList<int> values)
    {
        for (var index = 0; index < values.Count; index++)
            sheet.Cell(row, Left + 1 + index).SetValue(values[index]);
    }

    /// <summary>Each number opens the list of its figure at the first row of its part.</summary>
    /// <param name="part">Null for the unit as a whole.</param>
    private void LinkValues(int row, IReadOnlyList<int> values, string? part)
    {
        for (var index = 0; index < values.Count; index++)
        {
            if (values[index] == 0 || lists.Of(breakdown.Columns[index].FigureCode) is not { } list)
                continue;
            var address = part is not null && list.FirstRows.TryGetValue(part, out var first) ? $"A{EvidenceSheet.RowOf(first)}" : EvidenceSheet.Target;
            sheet.Cell(row, Left + 1 + index).LinkTo(list.Name, address, "Xem danh sách được đếm");
            // A link takes the look of one, whatever the cell had.
            sheet.Cell(row, Left + 1 + index).Style.AsNumber().Font.SetUnderline(XLFontUnderlineValues.None);
        }
    }

    /// <summary>What the report's own checks say of the table: one that fails here is counted on the front.</summary>
    /// <returns>The last row.</returns>
    private int WriteNotes()
    {
        var row = TotalRow + 1;
        var broken = report.Checks.Where(check => IsOfParts(check) && !check.Ok).ToList();
        var proof = broken.Count == 0
            ? $"Đã kiểm tra: cộng các đơn vị bằng số toàn đơn vị ở cả {breakdown.Columns.Count(column => column.Additive)} chỉ tiêu cộng được."
            : "KHÔNG KHỚP: " + string.Join("; ", broken.Select(check => $"{check.Caption}: {check.Detail}")) + ".";
        var line = sheet.Line(row, 1, Left, proof, HeadSize, bold: broken.Count > 0, italic: true);
        if (broken.Count > 0)
            line.Style.Font.SetFontColor(Office.Alarm);
        if (breakdown.Columns.Any(column => !column.Additive))
            sheet.Line(++row, 1, Left, "(*) Một người hoặc một tổ chức có thể được đếm ở nhiều đơn vị, nên cộng các đơn vị không nhất thiết bằng số toàn đơn vị.", HeadSize, italic: true);
        if (breakdown.Columns.Any(column => report.Figures.Any(figure => figure.IsOpening && figure.Code == column.FigureCode)))
            sheet.Line(++row, 1, Left, "Tăng, giảm là của toàn đơn vị, ghi ở nơi người đó đến hoặc đi: chuyển giữa các đơn vị ở bảng này không phải là tăng, giảm.", HeadSize, italic: true);
        return row;
    }

    private static bool IsOfParts(Check check) => check.Code is "parts" or "members_in_parts" || check.Code.StartsWith("parts_", StringComparison.Ordinal);

    private int Print(List<(int Start, int End)> pages, int lastRow)
    {
        sheet.PrintOn(landscape: true, HeadRow, HeadRow + 2);
        sheet.PageSetup.SetColumnsToRepeatAtLeft(1, Left);
        var widest = pages.Max(page => sheet.WidthOf(1, Left) + sheet.WidthOf(page.Start, page.End));
        // The notes stay with the total above them.
        var rows = sheet.Paginate(lastRow, LastColumn, row => row < FirstRow || row >= TotalRow - 1, width: widest);
        foreach (var page in pages.SkipLast(1))
            sheet.PageSetup.AddVerticalPageBreak(page.End);
        sheet.FreezeHead(HeadRow + 2, Left);
        return rows * pages.Count;
    }
}
