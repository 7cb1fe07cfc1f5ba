using ClosedXML.Excel;
using SinHo.Reporting.Faces;
using SinHo.Reporting.Words;
using SinHo.Reporting.Workbooks;

namespace SinHo.Reporting.Signing;

/// <summary>What changed since a report was signed, as a workbook: a line for each that came or went, with the entry that did it.</summary>
public static class ChangesBook
{
    private static readonly string[] Heads = ["TT", "Số liệu", "Đã ký", "Hiện nay", "Vào, ra", "Mã", "Họ tên, tên đơn vị", "Do", "Lần ghi, trang, hàng", "Người ghi, lúc", "Lý do"];

    /// <exception cref="IOException">The file cannot be written; a former one is left as it was.</exception>
    public static void Write(Changes changes, string path, CancellationToken cancel)
    {
        var signed = changes.Report;
        using var book = Office.NewBook($"Đã khác gì từ khi ký: {signed.Number}");
        var sheet = book.AddSheet("Đã khác gì", 5, 34, 8, 8, 7, 12, 24, 12, 22, 22, 26);
        var last = Heads.Length;
        sheet.Line(1, 1, last, $"BÁO CÁO SỐ {signed.Number}, NGÀY {Vietnamese.Day(signed.SignedOn)}: ĐÃ KHÁC GÌ TỪ KHI KÝ", 14, bold: true).Style.Alignment.SetHorizontal(XLAlignmentHorizontalValues.Center);
        sheet.Line(2, 1, last, $"{signed.Title}, {signed.PeriodName}; {signed.UnitName}. Người ký: {signed.Signer}.", 12, italic: true).Style.Alignment.SetHorizontal(XLAlignmentHorizontalValues.Center);
        for (var column = 0; column < last; column++)
            sheet.Cell(4, column + 1).SetValue(Heads[column]);
        sheet.Range(4, 1, 4, last).Head();
        sheet.NumberColumns(5, last);
        var row = 6;
        foreach (var (index, figure) in changes.Figures.Index())
        {
            cancel.ThrowIfCancellationRequested();
            var moved = figure.In.Select(one => ("vào", one)).Concat(figure.Out.Select(one => ("ra", one))).ToList();
            foreach (var (step, one) in moved.Count == 0 ? [("", null)] : moved.Select(pair => (pair.Item1, (MovedRow?)pair.one)))
            {
                sheet.Cell(row, 1).SetValue(index + 1);
                sheet.Cell(row, 2).SetValue(figure.Caption);
                Value(sheet.Cell(row, 3), figure.Before);
                Value(sheet.Cell(row, 4), figure.Now);
                sheet.Cell(row, 5).SetValue(step);
                if (one is not null)
                    Cells(sheet, row, one);
                sheet.Range(row, 1, row, last).Boxed();
                sheet.FitRow(row, 1, last);
                row++;
            }
        }
        if (row == 6)
            sheet.Line(row++, 1, last, changes.WhyNotAsked is { } problem ? $"Không hỏi lại được: {problem}" : "Mọi số liệu vẫn như khi ký.", italic: true);
        sheet.PrintOn(landscape: true, 4, 5);
        sheet.Paginate(row - 1, last);
        sheet.FreezeHead(5);
        StreamedSheets.Save(book, path, [], cancel);
    }

    private static void Value(IXLCell cell, decimal? value)
    {
        if (value is { } known)
            cell.SetValue(known).Style.NumberFormat.SetFormat("#,##0.##");
    }

    private static void Cells(IXLWorksheet sheet, int row, MovedRow one)
    {
        var cause = one.Causes[0];
        sheet.Cell(row, 6).SetValue(one.Key);
        sheet.Cell(row, 7).SetValue(one.Name ?? "");
        sheet.Cell(row, 8).SetValue(cause.KindName);
        sheet.Cell(row, 9).SetValue(string.Join(", ", ((string?[])[cause.Import is { } import ? $"lần {Vietnamese.Number(import)}" : null, cause.PlaceName]).Where(part => part is not null)));
        sheet.Cell(row, 10).SetValue(string.Join(", ", ((string?[])[cause.By, cause.At is { } at ? Vietnamese.ShortMoment(at) : null]).Where(part => part is not null)));
        sheet.Cell(row, 11).SetValue(cause.Reason ?? "");
    }
}
