using ClosedXML.Excel;
using SinHo.Reporting.Figures;

namespace SinHo.Reporting.Faces;

/// <summary>"Mục lục danh sách": every list of the workbook: what it counts, how much, and where it is.</summary>
internal static class IndexSheet
{
    public const string Name = "Mục lục danh sách";

    private const int HeadRow = 4;
    private const int LastColumn = 4;

    public static void Write(XLWorkbook book, Report report, IReadOnlyList<PlacedFigure> placed)
    {
        var sheet = book.AddSheet(Name, 6, 48, 12, 34);
        sheet.Line(1, 1, LastColumn, "MỤC LỤC DANH SÁCH", 15, bold: true).Style.Alignment.SetHorizontal(XLAlignmentHorizontalValues.Center);
        sheet.Line(2, 1, LastColumn, $"{report.Unit.Name}; {report.Period.Name}", italic: true).Style.Alignment.SetHorizontal(XLAlignmentHorizontalValues.Center);
        string[] captions = ["TT", "Chỉ tiêu", "Số liệu", "Tờ danh sách"];
        for (var column = 0; column < captions.Length; column++)
            sheet.Cell(HeadRow, column + 1).SetValue(captions[column]);
        sheet.Range(HeadRow, 1, HeadRow, LastColumn).Head();
        sheet.Raise(HeadRow, 20);
        foreach (var (index, figure) in placed.Where(figure => figure.List is not null).Index())
            WriteLine(sheet, HeadRow + 1 + index, index + 1, figure);
        sheet.PrintOn(landscape: false, HeadRow, HeadRow);
        sheet.OwnPages("Mục lục danh sách");
        sheet.FreezeHead(HeadRow);
    }

    private static void WriteLine(IXLWorksheet sheet, int row, int number, PlacedFigure placed)
    {
        sheet.Cell(row, 1).SetValue(number).Style.Alignment.SetHorizontal(XLAlignmentHorizontalValues.Center);
        sheet.Cell(row, 2).SetValue(placed.Cited);
        sheet.Cell(row, 3).SetValue(placed.Figure.Value).Style.AsNumber();
        sheet.Cell(row, 4).SetValue(placed.List!.Name);
        sheet.Range(row, 1, row, LastColumn).Boxed();
        sheet.FitRow(row, 2, 2);
        sheet.FitRow(row, 4, 4);
        sheet.Cell(row, 4).LinkTo(placed.List.Name, EvidenceSheet.Target, "Mở danh sách");
    }
}
