using ClosedXML.Excel;
using SinHo.Reporting.Figures;
using SinHo.Reporting.Words;

namespace SinHo.Reporting.Faces;

/// <summary>"Thuyết minh": where the report comes from, the settings, and what every figure means.</summary>
internal static class ExplanationSheet
{
    public const string Name = "Thuyết minh";
    public const string VersionCaption = "Phiên bản chương trình";

    private const int LastColumn = 4;

    /// <returns>How many pages it has.</returns>
    public static int Write(XLWorkbook book, Report report, IReadOnlyList<PlacedFigure> placed)
    {
        var sheet = book.AddSheet(Name, 8, 32, 12, 52);
        sheet.Line(1, 1, LastColumn, "THUYẾT MINH", 15, bold: true).Style.Alignment.SetHorizontal(XLAlignmentHorizontalValues.Center);
        var row = WriteOrigin(sheet, 3, report, placed);
        row = WriteSettings(sheet, row + 1, report);
        var heads = new List<int> { row + 1, row + 2 };
        row = WriteDefinitions(sheet, row + 1, placed, report.Form is { Columns.Count: > 12 });
        sheet.PrintOn(landscape: false);
        return sheet.Paginate(row, LastColumn, heads.Contains);
    }

    private static int WriteOrigin(IXLWorksheet sheet, int row, Report report, IReadOnlyList<PlacedFigure> placed)
    {
        (string Caption, string Value)[] lines =
        [
            ("Báo cáo", report.Title),
            .. report.Edition.Number.Length > 0 ? [("Biểu mẫu", $"{report.Edition.Number}, {report.Edition.Basis}")] : Array.Empty<(string, string)>(),
            ("Đơn vị báo cáo", $"{report.Unit.Name} ({report.Unit.Level}, mã {report.Unit.Code})"),
            ("Kỳ báo cáo", $"{Vietnamese.Sentence(report.Period.Name)}: từ {Vietnamese.DayInWords(report.Period.From)} đến hết {Vietnamese.DayInWords(report.Period.To)}"),
            (VersionCaption, report.ProgramVersion),
        ];
        sheet.Line(row++, 1, LastColumn, "1. Nguồn của báo cáo", 13, bold: true);
        foreach (var (caption, value) in lines)
        {
            sheet.Line(row, 1, 2, caption);
            sheet.Line(row, 3, LastColumn, value);
            sheet.Range(row, 1, row, LastColumn).Boxed();
            row++;
        }

        if (placed.All(figure => figure.List is null) && placed.Any(figure => figure.Figure.Value > 0))
            sheet.Line(row++, 1, LastColumn, "Sổ này không kèm danh sách được đếm.", 11).Style.Font.SetItalic();
        sheet.Line(row++, 1, LastColumn, "Mọi số liệu và danh sách được đọc trong cùng một lần chụp cơ sở dữ liệu, nên luôn khớp với nhau.", 11).Style.Font.SetItalic();
        return row;
    }

    private static int WriteSettings(IXLWorksheet sheet, int row, Report report)
    {
        sheet.Line(row++, 1, LastColumn, "2. Tham số đã dùng", 13, bold: true);
        if (report.Settings.Count == 0)
            sheet.Line(row++, 1, LastColumn, "Báo cáo này không dùng tham số nào.");
        foreach (var setting in report.Settings)
        {
            sheet.Line(row, 1, 2, setting.Code);
            sheet.Cell(row, 3).SetValue(setting.Value).Style.NumberFormat.SetFormat(Office.NumberFormat)
                .Alignment.SetHorizontal(XLAlignmentHorizontalValues.Center).Font.SetBold(true);
            sheet.Line(row, 4, LastColumn, setting.Caption);
            sheet.Range(row, 1, row, LastColumn).Boxed();
            row++;
        }

        return row;
    }

    private static int WriteDefinitions(IXLWorksheet sheet, int row, IReadOnlyList<PlacedFigure> placed, bool isWide)
    {
        sheet.Line(row++, 1, LastColumn, "3. Định nghĩa các chỉ tiêu", 13, bold: true);
        string[] captions = ["TT", "Chỉ tiêu", "Đvt", "Ý nghĩa"];
        for (var column = 0; column < captions.Length; column++)
            sheet.Cell(row, column + 1).SetValue(captions[column]);
        sheet.Range(row, 1, row, LastColumn).Head();
        sheet.Raise(row, 20);
        sheet.PageSetup.SetRowsToRepeatAtTop(row, row);
        // The columns of a form count one thing for several periods; where there are very many, the first says what its row is.
        foreach (var figure in isWide ? placed.DistinctBy(figure => figure.Figure.Code[..figure.Figure.Code.LastIndexOf('.')]) : placed.DistinctBy(figure => (figure.Figure.Caption, figure.Figure.Meaning)))
        {
            row++;
            sheet.Cell(row, 1).SetValue(figure.Label);
            sheet.Cell(row, 2).SetValue(figure.Figure.Caption);
            sheet.Cell(row, 3).SetValue(figure.Figure.CountedIn);
            sheet.Cell(row, 4).SetValue(figure.Figure.Meaning);
            sheet.Range(row, 1, row, LastColumn).Boxed().Style.Alignment.SetVertical(XLAlignmentVerticalValues.Top);
            sheet.FitRow(row, 1, LastColumn);
        }
        return row;
    }
}
