using System.Globalization;
using ClosedXML.Excel;
using SinHo.Reporting.Figures;
using SinHo.Reporting.Words;

namespace SinHo.Reporting.Faces;

/// <summary>
/// "Theo đơn vị": one row per part and the unit's own value beneath. One table on the screen; on paper, page after page of columns
/// with the names of the parts repeated at the left. Title and notes lie above these names, so the first page of every run of columns shows them whole.
/// </summary>
internal sealed class BreakdownSheet
{
    public const string Name = "Theo đơn vị";

    private const int Left = 3;
    private const int HeadRow = 5;
    private const int FirstRow = HeadRow + 3;
    private const double ValueWidth = 11;
    private const double HeadSize = 11;

    // Twelve points printed as ten: small, and still read without glasses.
    private const double SmallestScale = 0.85;

    private readonly Breakdown breakdown;
    private readonly IXLWorksheet sheet;
    private readonly Period period;

    private BreakdownSheet(Report report, IXLWorksheet sheet)
    {
        breakdown = report.Breakdown;
        period = report.Period;
        this.sheet = sheet;
    }

    private int LastColumn => Left + breakdown.Columns.Count;

    private int TotalRow => FirstRow + breakdown.Rows.Count;

    public static void Write(XLWorkbook book, Report report)
    {
        if (report.Breakdown.Columns.Count == 0)
            return;
        if (report.Breakdown.Rows.Count == 0)
        {
            var empty = book.AddSheet(Name, 80);
            empty.Line(1, 1, 1, "SỐ LIỆU THEO ĐƠN VỊ", 14, bold: true);
            empty.Line(3, 1, 1, $"{report.Unit.Name} không có đơn vị trực thuộc để tách số liệu; số liệu của đơn vị ở trang đầu.");
            empty.PrintOn(landscape: false);
            return;
        }

        double[] widths = [5, 10, 34, .. report.Breakdown.Columns.Select(_ => ValueWidth)];
        new BreakdownSheet(report, book.AddSheet(Name, widths)).Write();
    }

    private void Write()
    {
        var perPage = (int)((Office.PageWidth(landscape: true) / SmallestScale - sheet.WidthOf(1, Left)) / sheet.WidthOf(Left + 1, Left + 1));
        var pages = Pages(perPage);
        sheet.Line(1, 1, Left, $"SỐ LIỆU THEO {breakdown.PartsCaption.ToUpperInvariant()}", 13, bold: true);
        sheet.Line(2, 1, Left, $"Trong kỳ từ {Vietnamese.Day(period.From)} đến hết {Vietnamese.Day(period.To)}; số liệu thời điểm tính đến hết ngày cuối kỳ", HeadSize)
            .Style.Font.SetItalic();
        WriteProof();
        WriteHead(pages);
        WriteRows();
        Print(pages);
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
            sheet.FitRow(FirstRow + index, 3, 3);
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
    }

    private void WriteValues(int row, IReadOnlyList<int> values)
    {
        for (var index = 0; index < values.Count; index++)
            sheet.Cell(row, Left + 1 + index).SetValue(values[index]);
    }

    private void WriteProof()
    {
        var additive = Enumerable.Range(0, breakdown.Columns.Count).Where(index => breakdown.Columns[index].Additive).ToList();
        var differing = additive.Where(index => SumOf(index) != breakdown.Total[index]).ToList();
        var proof = differing.Count == 0
            ? $"Đã kiểm tra: cộng các đơn vị bằng số toàn đơn vị ở cả {additive.Count} chỉ tiêu cộng được."
            : "KHÔNG KHỚP: " + string.Join("; ", differing.Select(index => string.Create(
                CultureInfo.InvariantCulture,
                $"{breakdown.Columns[index].Caption}: cộng các đơn vị {Vietnamese.Number(SumOf(index))}, toàn đơn vị {Vietnamese.Number(breakdown.Total[index])}"))) + ".";
        var line = sheet.Line(3, 1, Left, proof, HeadSize, bold: differing.Count > 0);
        line.Style.Font.SetItalic();
        if (differing.Count > 0)
            line.Style.Font.SetFontColor(Office.Alarm);
        if (additive.Count < breakdown.Columns.Count)
        {
            sheet.Line(4, 1, Left, "(*) Một người hoặc một tổ chức có thể được đếm ở nhiều đơn vị, nên cộng các đơn vị không nhất thiết bằng số toàn đơn vị.", HeadSize)
                .Style.Font.SetItalic();
        }
    }

    private long SumOf(int index) => breakdown.Rows.Sum(row => (long)row.Values[index]);

    private void Print(List<(int Start, int End)> pages)
    {
        sheet.PrintOn(landscape: true, HeadRow, HeadRow + 2);
        sheet.PageSetup.SetColumnsToRepeatAtLeft(1, Left);
        var widest = pages.Max(page => sheet.WidthOf(1, Left) + sheet.WidthOf(page.Start, page.End));
        // Both programs ignore breaks between columns where a sheet is fitted to pages, so the scale is a number.
        sheet.PageSetup.AdjustTo((int)Math.Min(100, 100 * Office.PageWidth(landscape: true) / widest));
        foreach (var page in pages.SkipLast(1))
            sheet.PageSetup.AddVerticalPageBreak(page.End);
        sheet.SheetView.Freeze(HeadRow + 2, Left);
    }
}
