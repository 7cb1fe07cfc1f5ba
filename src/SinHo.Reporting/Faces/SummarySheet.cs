using ClosedXML.Excel;
using SinHo.Reporting.Figures;

namespace SinHo.Reporting.Faces;

/// <summary>"Tổng hợp": letterhead, all figures in their groups, signatures.</summary>
internal sealed class SummarySheet
{
    public const string Name = "Tổng hợp";

    private const int LastColumn = 6;
    private const string ValueColumn = "D";
    private const double LetterheadSize = 14;

    private readonly Report report;
    private readonly int headRow;

    public SummarySheet(Report report)
    {
        this.report = report;
        headRow = FailedChecks.Count == 0 ? 9 : 10;
        Figures = PlacedFigure.Place(report, ValueColumn, headRow + 2);
    }

    /// <summary>All figures with the cells they have on this sheet.</summary>
    public IReadOnlyList<PlacedFigure> Figures { get; }

    private List<Check> FailedChecks => report.Checks.Where(check => !check.Ok).ToList();

    public void Write(XLWorkbook book)
    {
        var sheet = book.AddSheet(Name, 6, 36, 9, 11, 15, 31);
        WriteLetterhead(sheet);
        WriteTitle(sheet);
        WriteHead(sheet);
        var last = WriteFigures(book, sheet);
        WriteFoot(sheet, last + 1);
        sheet.PrintOn(landscape: false, headRow, headRow + 1);
        sheet.SheetView.FreezeRows(headRow + 1);
    }

    private void WriteLetterhead(IXLWorksheet sheet)
    {
        var letterhead = report.Letterhead;
        Centred(sheet.Line(1, 1, 3, letterhead.Superior, LetterheadSize));
        Centred(sheet.Line(2, 1, 3, letterhead.Issuer, LetterheadSize, bold: true));
        Centred(sheet.Line(3, 1, 3, "*", LetterheadSize));
        Centred(sheet.Line(1, 4, LastColumn, "ĐẢNG CỘNG SẢN VIỆT NAM", LetterheadSize, bold: true)).Style.Font.SetUnderline();
        // The day is written by the hand that signs.
        Centred(sheet.Line(3, 4, LastColumn, $"{letterhead.Place}, ngày …… tháng …… năm ………", 13)).Style.Font.SetItalic();
    }

    private void WriteTitle(IXLWorksheet sheet)
    {
        var period = report.Period;
        var from = Vietnamese.Day(period.From);
        var to = Vietnamese.Day(period.To);
        var plain = new Period(period.From, period.To).Name;
        Centred(sheet.Line(5, 1, LastColumn, report.Title, 15, bold: true));
        Centred(sheet.Line(6, 1, LastColumn, period.Name == plain
            ? Vietnamese.Sentence(plain)
            : $"{Vietnamese.Sentence(period.Name)} (từ {from} đến hết {to})", 13, bold: true));
        Centred(sheet.Line(7, 1, LastColumn, $"Đơn vị: {report.Unit.Name}. Số liệu thời điểm tính đến hết ngày {to}.")).Style.Font.SetItalic();
        if (FailedChecks.Count > 0)
        {
            var names = string.Join("; ", FailedChecks.Select(check => check.Caption));
            Centred(sheet.Line(8, 1, LastColumn, $"CHÚ Ý: {FailedChecks.Count} phép kiểm tra không đạt: {names}. Xem tờ {ChecksSheet.Name}.", bold: true))
                .Style.Font.SetFontColor(Office.Alarm);
        }
    }

    private void WriteHead(IXLWorksheet sheet)
    {
        string[] captions = ["TT", "Chỉ tiêu", "Đvt", "Số lượng", "Thời điểm / kỳ số liệu", "Cách tính"];
        for (var column = 0; column < captions.Length; column++)
            sheet.Cell(headRow, column + 1).SetValue(captions[column]);
        sheet.Range(headRow, 1, headRow, LastColumn).Head();
        sheet.FitRow(headRow, 1, LastColumn);
        sheet.NumberColumns(headRow + 1, LastColumn);
    }

    private int WriteFigures(XLWorkbook book, IXLWorksheet sheet)
    {
        var row = headRow + 1;
        var figures = new Queue<PlacedFigure>(Figures);
        foreach (var group in report.Groups)
        {
            row++;
            sheet.Cell(row, 1).SetValue(Vietnamese.Roman(report.Groups.TakeWhile(other => other != group).Count() + 1));
            sheet.Line(row, 2, LastColumn, group.Caption, bold: true);
            sheet.Range(row, 1, row, LastColumn).Boxed().Style.Font.SetBold(true);
            sheet.Cell(row, 1).Style.Alignment.SetHorizontal(XLAlignmentHorizontalValues.Center);
            for (var left = group.Figures.Count; left > 0; left--)
                WriteFigure(book, sheet, ++row, figures.Dequeue());
        }

        return row;
    }

    private static void WriteFigure(XLWorkbook book, IXLWorksheet sheet, int row, PlacedFigure placed)
    {
        var figure = placed.Figure;
        sheet.Cell(row, 1).SetValue(placed.Number);
        sheet.Cell(row, 2).SetValue(figure.Caption).Style.Alignment.SetIndent(figure.Indent * 2);
        sheet.Cell(row, 3).SetValue(figure.CountedIn);
        sheet.Cell(row, 5).SetValue(placed.When);
        sheet.Cell(row, 6).SetValue(figure.Rule);
        var cells = sheet.Range(row, 1, row, LastColumn).Boxed();
        sheet.Range(row, 5, row, LastColumn).Style.Font.SetFontSize(11);
        foreach (var centred in new[] { 1, 3, 5 })
            cells.Cell(1, centred).Style.Alignment.SetHorizontal(XLAlignmentHorizontalValues.Center);
        sheet.FitRow(row, 1, LastColumn);

        var value = sheet.Cell(placed.Cell).SetValue(figure.Value);
        value.Style.AsNumber().Alignment.SetWrapText(false);
        value.Style.Font.SetBold(figure.Indent == 0);
        book.NamedRanges.Add(placed.Name, value.AsRange());
        if (placed.EvidenceSheet is not null)
            value.LinkTo(placed.EvidenceSheet, "A1", "Xem danh sách được đếm");
    }

    private void WriteFoot(IXLWorksheet sheet, int row)
    {
        sheet.Line(row, 1, LastColumn, $"Ghi chú: mỗi số lượng khác 0 có liên kết tới danh sách được đếm; định nghĩa đầy đủ ở tờ {ExplanationSheet.Name}.", 11)
            .Style.Font.SetItalic();
        Sign(sheet, row + 2, 1, 2, report.Letterhead.Compiler);
        Sign(sheet, row + 2, 4, LastColumn, report.Letterhead.Signer);
    }

    private static void Sign(IXLWorksheet sheet, int row, int first, int last, string office)
    {
        Centred(sheet.Line(row, first, last, office, 13, bold: true));
        Centred(sheet.Line(row + 1, first, last, "(Ký, ghi rõ họ và tên)")).Style.Font.SetItalic();
        // Keeps the room for the signature within what is printed.
        sheet.Cell(row + 6, first).SetValue(" ");
    }

    private static IXLRange Centred(IXLRange range)
    {
        range.Style.Alignment.SetHorizontal(XLAlignmentHorizontalValues.Center);
        return range;
    }
}
