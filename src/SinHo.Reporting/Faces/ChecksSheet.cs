using ClosedXML.Excel;
using SinHo.Reporting.Figures;
using SinHo.Reporting.Words;

namespace SinHo.Reporting.Faces;

/// <summary>"Kiểm tra": every check with its outcome.</summary>
internal static class ChecksSheet
{
    public const string Name = "Kiểm tra";

    private const int HeadRow = 4;
    private const int LastColumn = 4;

    /// <returns>How many pages it has.</returns>
    public static int Write(XLWorkbook book, Report report)
    {
        var sheet = book.AddSheet(Name, 6, 38, 14, 42);
        var failed = report.Checks.Count(check => !check.Ok);
        sheet.Line(1, 1, LastColumn, "KIỂM TRA SỐ LIỆU", 15, bold: true).Style.Alignment.SetHorizontal(XLAlignmentHorizontalValues.Center);
        var count = sheet.Line(2, 1, LastColumn, $"{Vietnamese.Number(report.Checks.Count)} phép kiểm tra, {Vietnamese.Number(failed)} không đạt.", bold: failed > 0);
        count.Style.Alignment.SetHorizontal(XLAlignmentHorizontalValues.Center);
        if (failed > 0)
            count.Style.Font.SetFontColor(Office.Alarm);

        string[] captions = ["TT", "Nội dung kiểm tra", "Kết quả", "Chi tiết"];
        for (var column = 0; column < captions.Length; column++)
            sheet.Cell(HeadRow, column + 1).SetValue(captions[column]);
        sheet.Range(HeadRow, 1, HeadRow, LastColumn).Head();
        sheet.Raise(HeadRow, 20);
        for (var index = 0; index < report.Checks.Count; index++)
            WriteCheck(sheet, HeadRow + 1 + index, index + 1, report.Checks[index]);
        sheet.PrintOn(landscape: false, HeadRow, HeadRow);
        sheet.FreezeHead(HeadRow);
        return sheet.Paginate(HeadRow + Math.Max(report.Checks.Count, 1), LastColumn, row => row <= HeadRow);
    }

    private static void WriteCheck(IXLWorksheet sheet, int row, int number, Check check)
    {
        sheet.Cell(row, 1).SetValue(number);
        sheet.Cell(row, 2).SetValue(check.Caption);
        sheet.Cell(row, 3).SetValue(check.Ok ? "Đạt" : "KHÔNG ĐẠT");
        sheet.Cell(row, 4).SetValue(check.Detail);
        sheet.Range(row, 1, row, LastColumn).Boxed();
        foreach (var centred in new[] { 1, 3 })
            sheet.Cell(row, centred).Style.Alignment.SetHorizontal(XLAlignmentHorizontalValues.Center);
        if (!check.Ok)
            sheet.Range(row, 1, row, LastColumn).Style.Font.SetFontColor(Office.Alarm).Font.SetBold(true);
        sheet.FitRow(row, 1, LastColumn);
    }
}
