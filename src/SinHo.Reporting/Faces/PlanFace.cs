using ClosedXML.Excel;
using SinHo.Reporting.Catalog;
using SinHo.Reporting.Exchange;
using SinHo.Reporting.Reorganisation;
using SinHo.Reporting.Words;
using SinHo.Reporting.Workbooks;

namespace SinHo.Reporting.Faces;

/// <summary>What a plan of restructuring would do, or did, as a workbook: units before and after, what is wrong, and every change. No template of a form: it is read, not signed.</summary>
public static class PlanFace
{
    private const int HeadRow = 4;

    /// <param name="title">Name of the plan.</param>
    /// <exception cref="IOException">The file cannot be written; a former one is left as it was.</exception>
    public static void Write(PlanOutcome outcome, Definitions definitions, string title, bool isRehearsal, string path, CancellationToken cancel)
    {
        using var book = Office.NewBook(title);
        WriteUnits(book, outcome, definitions, title, isRehearsal);
        WriteIssues(book, [.. outcome.Import.Errors, .. outcome.Import.Warnings]);
        WriteChanges(book, outcome.Import.Changes ?? []);
        StreamedSheets.Save(book, path, [], cancel);
    }

    private static void WriteUnits(XLWorkbook book, PlanOutcome outcome, Definitions definitions, string title, bool isRehearsal)
    {
        var figures = UnitChanges.Figures;
        var columns = 3 + 2 * figures.Count;
        var sheet = book.AddSheet("Trước và sau", [5, 12, 34, .. Enumerable.Repeat(7.6, 2 * figures.Count)]);
        sheet.Line(1, 1, columns, isRehearsal ? "PHƯƠNG ÁN SẮP XẾP: DIỄN TẬP" : "PHƯƠNG ÁN SẮP XẾP: ĐÃ THỰC HIỆN", 15, bold: true).Style.Alignment.SetHorizontal(XLAlignmentHorizontalValues.Center);
        sheet.Line(2, 1, columns, outcome.Import.Accepted
            ? $"{title}. Trước: cuối ngày trước khi có hiệu lực; sau: cuối ngày có hiệu lực. Ô trống: đơn vị không có vào ngày đó."
            : $"{title}. Phương án bị từ chối vì các lỗi ở trang “Lỗi, lưu ý”; sổ đăng ký không thay đổi.").Style.Alignment.SetHorizontal(XLAlignmentHorizontalValues.Center);
        Head(1, "TT");
        Head(2, "Mã đơn vị");
        Head(3, "Đơn vị");
        foreach (var (index, figure) in figures.Index())
        {
            var first = 4 + 2 * index;
            sheet.Range(HeadRow, first, HeadRow, first + 1).Merge().FirstCell().SetValue(definitions[figure].Indicator.Caption);
            sheet.Cell(HeadRow + 1, first).SetValue("Trước");
            sheet.Cell(HeadRow + 1, first + 1).SetValue("Sau");
        }
        sheet.Range(HeadRow, 1, HeadRow + 1, columns).Head();
        sheet.Raise(HeadRow, 68);
        foreach (var (index, unit) in outcome.Units.Index())
        {
            var row = HeadRow + 2 + index;
            sheet.Cell(row, 1).SetValue(index + 1).Style.Alignment.SetHorizontal(XLAlignmentHorizontalValues.Center);
            sheet.Cell(row, 2).SetValue(unit.Unit);
            sheet.Cell(row, 3).SetValue(unit.Name);
            foreach (var (place, figure) in figures.Index())
            {
                Number(row, 4 + 2 * place, unit.Before?[figure]);
                Number(row, 5 + 2 * place, unit.After?[figure]);
                sheet.Cell(row, 5 + 2 * place).Style.Font.SetBold(unit.Before?[figure] != unit.After?[figure]);
            }
            sheet.Range(row, 1, row, columns).Boxed();
            sheet.FitRow(row, 1, 3);
        }
        Finish(sheet, HeadRow + 1, HeadRow + 1 + outcome.Units.Count, columns);

        void Head(int column, string caption) => sheet.Range(HeadRow, column, HeadRow + 1, column).Merge().FirstCell().SetValue(caption);

        void Number(int row, int column, long? value)
        {
            if (value is { } known)
                sheet.Cell(row, column).SetValue(known).Style.AsNumber();
        }
    }

    private static void WriteIssues(XLWorkbook book, IReadOnlyList<ImportIssue> issues)
    {
        if (issues.Count == 0)
            return;
        WriteTable(book, "Lỗi, lưu ý", "LỖI VÀ LƯU Ý", [10, 14, 8, 18, 18, 70], ["Loại", "Trang", "Hàng", "Cột", "Giá trị", "Vấn đề và cách sửa"],
            issues.Select(issue => new[] { issue.IsWarning ? "Lưu ý" : "Lỗi", issue.Sheet, issue.Row is { } row ? Vietnamese.Number(row) : "", issue.Column ?? "", issue.Value ?? "", issue.Message }));
    }

    private static void WriteChanges(XLWorkbook book, IReadOnlyList<ImportChange> changes)
    {
        if (changes.Count == 0)
            return;
        WriteTable(book, "Từng thay đổi", "TỪNG THAY ĐỔI CỦA SỔ ĐĂNG KÝ", [10, 14, 8, 36, 26, 18, 20, 20], ["Việc", "Trang", "Hàng", "Khóa", "Tên", "Cột", "Cũ", "Mới"],
            changes.Select(change => new[]
            {
                change.Kind switch { ChangeKind.Added => "Thêm", ChangeKind.Removed => "Xóa", _ => "Sửa" },
                change.Sheet, change.Row is { } row ? Vietnamese.Number(row) : "", string.Join(" · ", change.Key), change.Name ?? "", change.Column ?? "", change.Old ?? "", change.New ?? "",
            }));
    }

    private static void WriteTable(XLWorkbook book, string name, string title, double[] widths, string[] captions, IEnumerable<string[]> rows)
    {
        var sheet = book.AddSheet(name, widths);
        sheet.Line(1, 1, captions.Length, title, 15, bold: true).Style.Alignment.SetHorizontal(XLAlignmentHorizontalValues.Center);
        for (var column = 0; column < captions.Length; column++)
            sheet.Cell(HeadRow, column + 1).SetValue(captions[column]);
        sheet.Range(HeadRow, 1, HeadRow, captions.Length).Head();
        var last = HeadRow;
        foreach (var cells in rows)
        {
            last++;
            for (var column = 0; column < cells.Length; column++)
                sheet.Cell(last, column + 1).SetValue(cells[column]).Style.Alignment.SetWrapText();
            sheet.Range(last, 1, last, captions.Length).Boxed();
            sheet.FitRow(last, 1, captions.Length);
        }
        Finish(sheet, HeadRow, last, captions.Length);
    }

    private static void Finish(IXLWorksheet sheet, int lastHead, int last, int columns)
    {
        sheet.PrintOn(landscape: true, HeadRow, lastHead);
        sheet.FreezeHead(lastHead);
        sheet.Paginate(last, columns, row => row <= lastHead);
    }
}
