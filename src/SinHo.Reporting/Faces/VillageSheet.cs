using ClosedXML.Excel;
using SinHo.Reporting.Figures;
using SinHo.Reporting.Words;

namespace SinHo.Reporting.Faces;

/// <summary>"Theo bản": every village on the last day beside what it was on the first day of the term, and what changed. Source: docs/spec, forms, villages.</summary>
internal static class VillageSheet
{
    public const string Name = "Theo bản";

    private const int HeadRow = 4;

    private static readonly string[] Captions =
    [
        "TT", "Mã bản", "Bản, khu phố", "Đảng viên đầu nhiệm kỳ", "Đảng viên hiện nay", "Tăng, giảm", "Chi bộ đầu nhiệm kỳ", "Chi bộ hiện nay", "Nguy cơ trắng", "Thay đổi",
    ];

    /// <returns>How many pages it has; 0 where the report has no villages.</returns>
    public static int Write(XLWorkbook book, Report report)
    {
        if (report.Villages.Count == 0)
            return 0;
        var sheet = book.AddSheet(Name, 5, 14, 26, 11, 11, 8, 17, 17, 9, 34);
        sheet.Line(1, 1, Captions.Length, "ĐẢNG VIÊN, CHI BỘ THEO BẢN, KHU PHỐ", 15, bold: true).Style.Alignment.SetHorizontal(XLAlignmentHorizontalValues.Center);
        sheet.Line(2, 1, Captions.Length, $"{report.Unit.Name}; {report.Period.Name}{(report.VillagesSince is { } day ? $"; đầu nhiệm kỳ: ngày {Vietnamese.Day(day)}" : "")}", italic: true)
            .Style.Alignment.SetHorizontal(XLAlignmentHorizontalValues.Center);
        for (var column = 0; column < Captions.Length; column++)
            sheet.Cell(HeadRow, column + 1).SetValue(Captions[column]);
        sheet.Range(HeadRow, 1, HeadRow, Captions.Length).Head();
        sheet.FitRow(HeadRow, 1, Captions.Length);
        var row = HeadRow;
        var heads = new HashSet<int>();
        foreach (var commune in report.Villages.GroupBy(village => village.Commune))
        {
            heads.Add(++row);
            sheet.Line(row, 1, Captions.Length, commune.Key, bold: true).Boxed();
            foreach (var (index, village) in commune.Index())
                Write(sheet, ++row, index + 1, village, report.VillagesSince is not null);
        }
        sheet.PrintOn(landscape: true, HeadRow, HeadRow);
        sheet.FreezeHead(HeadRow);
        return sheet.Paginate(row, Captions.Length, at => at <= HeadRow || heads.Contains(at));
    }

    /// <param name="knowsThen">Blank is not known, nought is nobody.</param>
    private static void Write(IXLWorksheet sheet, int row, int number, VillageChange village, bool knowsThen)
    {
        sheet.Cell(row, 1).SetValue(number);
        sheet.Cell(row, 2).SetValue(village.Code);
        sheet.Cell(row, 3).SetValue(village.Name);
        if (village.Then is { } then)
            sheet.Cell(row, 4).SetValue(then.Members);
        if (village.Now is { } now)
            sheet.Cell(row, 5).SetValue(now.Members);
        if (village is { Then: { } before, Now: { } after })
            sheet.Cell(row, 6).SetValue(after.Members - before.Members);
        sheet.Cell(row, 7).SetValue(village.Then?.BranchWords ?? "");
        sheet.Cell(row, 8).SetValue(village.Now?.BranchWords ?? "");
        sheet.Cell(row, 9).SetValue(village.Now is { IsAtRisk: true } ? "có" : "");
        sheet.Cell(row, 10).SetValue(knowsThen ? village.Words : "");
        sheet.Range(row, 1, row, Captions.Length).Boxed();
        foreach (var column in (int[])[1, 4, 5, 6, 9])
            sheet.Cell(row, column).Style.Alignment.SetHorizontal(XLAlignmentHorizontalValues.Center);
        sheet.FitRow(row, 1, Captions.Length);
    }
}
