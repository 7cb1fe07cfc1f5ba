using ClosedXML.Excel;
using SinHo.Reporting.Exchange;
using SinHo.Reporting.Register;
using SinHo.Reporting.Rolls;
using SinHo.Reporting.Words;
using SinHo.Reporting.Workbooks;

namespace SinHo.Reporting.Faces;

/// <summary>
/// A list for matching as a workbook: what is known can be corrected cell by cell (keys are locked), rows are added below or struck, and the file is
/// imported back. Its own sheet _sinho says which list it is and how its rows stood.
/// </summary>
public static class RollFace
{
    private const int HeadRow = 4;

    /// <summary>Lines below the last one that take new rows; the first of them are ruled.</summary>
    private const int NewRows = 200;

    private const int RuledRows = 10;

    private static readonly XLColor LockedFill = XLColor.FromHtml("#F2F2F2");

    private static readonly Dictionary<string, double> Widths = new(StringComparer.Ordinal)
    {
        ["code"] = 12,
        ["member"] = 12,
        ["from"] = 12,
        ["to"] = 12,
        ["name"] = 24,
        ["sex"] = 7,
        ["born"] = 12,
        ["ethnicity"] = 11,
        ["religion"] = 11,
        ["residence"] = 13,
        ["joined"] = 12,
        ["official"] = 12,
        ["first_joined"] = 12,
        ["first_official"] = 12,
        ["schooling"] = 15,
        ["qualification"] = 12,
        ["title"] = 12,
        ["theory"] = 12,
        ["occupation"] = 22,
        ["branch"] = 15,
        ["reason_in"] = 20,
        ["reason_out"] = 20,
        ["basis"] = 18,
    };

    /// <exception cref="IOException">The file cannot be written; a former one is left as it was.</exception>
    public static void Write(Roll roll, string path, CancellationToken cancel)
    {
        using var book = Office.NewBook($"Danh sách đối chiếu số {roll.Number}, {roll.UnitName}");
        AddGuide(book, roll);
        var people = book.AddSheet(ExchangeWorkbook.Members.Name);
        var stays = book.AddSheet(ExchangeWorkbook.Memberships.Name);
        var lists = TemplateWriter.AddLists(book, [ExchangeWorkbook.Members, ExchangeWorkbook.Memberships]);
        var names = roll.People.ToDictionary(row => row.Text("code")!, row => row.Text("name")!, StringComparer.Ordinal);
        AddRows(people, roll, ExchangeWorkbook.Members, roll.People, "DANH SÁCH ĐẢNG VIÊN ĐỂ ĐỐI CHIẾU", null, lists, cancel);
        AddRows(stays, roll, ExchangeWorkbook.Memberships, roll.Memberships, "NƠI SINH HOẠT ĐỂ ĐỐI CHIẾU", names, lists, cancel);
        AddState(book, roll);
        StreamedSheets.Save(book, path, [], cancel);
    }

    private static void AddGuide(XLWorkbook book, Roll roll)
    {
        string[] lines =
        [
            "Trang Đảng viên và trang Sinh hoạt ghi đúng những gì sổ đăng ký đang có về đơn vị vào ngày nói trên. Đúng thì để nguyên; sai thì sửa ngay trong ô.",
            "Ô nền xám (mã, ngày bắt đầu) là khóa của dòng nên không sửa được. Ô có mũi tên: chọn trong danh sách. Ngày ghi dạng ngày/tháng/năm.",
            "Còn thiếu người: thêm dòng ở cuối trang Đảng viên và trang Sinh hoạt (mã, chi bộ, từ ngày, lý do đến).",
            "Người không còn sinh hoạt: ghi Thôi từ ngày (ngày đầu tiên không còn) và Lý do thôi ở trang Sinh hoạt. Không rõ thì ghi x ở cột Xóa; không có gì bị xóa, cấp trên sẽ hỏi lại.",
            "Sửa ở đây là sửa chỗ ghi sai. Thay đổi trong đời (nghỉ hưu, học xong, chuyển nơi ở) có ngày của nó: báo riêng để ghi từ ngày đó.",
            "Gửi lại chính tệp này, không chép sang tệp khác. Mỗi danh sách nhận một lần; danh sách cũ hơn danh sách đã nhận thì không nhận nữa.",
        ];
        var sheet = book.AddSheet("Hướng dẫn", 5, 84);
        sheet.Line(1, 1, 2, "DANH SÁCH ĐỐI CHIẾU ĐẢNG VIÊN", 15, bold: true).Style.Alignment.SetHorizontal(XLAlignmentHorizontalValues.Center);
        sheet.Line(2, 1, 2, $"{roll.UnitName} ({roll.Unit})", 13, bold: true).Style.Alignment.SetHorizontal(XLAlignmentHorizontalValues.Center);
        sheet.Line(3, 1, 2, $"Tính đến hết ngày {Vietnamese.Day(roll.Day)}. Danh sách số {roll.Number}, {Vietnamese.Number(roll.Count)} đảng viên.", italic: true)
            .Style.Alignment.SetHorizontal(XLAlignmentHorizontalValues.Center);
        foreach (var (index, line) in lines.Index())
        {
            sheet.Cell(5 + index, 1).SetValue(index + 1).Style.Alignment.SetHorizontal(XLAlignmentHorizontalValues.Center).Alignment.SetVertical(XLAlignmentVerticalValues.Top);
            sheet.Line(5 + index, 2, 2, line).Style.Alignment.SetVertical(XLAlignmentVerticalValues.Top);
        }
        var last = 6 + lines.Length;
        sheet.Line(last, 1, 2, "Đơn vị đã đối chiếu ngày …… tháng …… năm ………", italic: true).Style.Alignment.SetHorizontal(XLAlignmentHorizontalValues.Right);
        sheet.Line(last + 1, 1, 2, "NGƯỜI ĐỐI CHIẾU, BÍ THƯ (ký, ghi rõ họ tên)", bold: true).Style.Alignment.SetHorizontal(XLAlignmentHorizontalValues.Right);
        sheet.PrintOn(landscape: false);
        sheet.Protect();
    }

    /// <param name="names">Where the sheet has no name of its own: by member, shown beside the code.</param>
    private static void AddRows(
        IXLWorksheet sheet, Roll roll, SheetDefinition definition, IReadOnlyList<WorkedRow> rows, string title, Dictionary<string, string>? names, Dictionary<string, string> lists,
        CancellationToken cancel)
    {
        // A running number, the columns of the sheet with the name beside the code, and the mark of a struck row.
        var columns = definition.Columns.Select((column, index) => (Column: column, Place: index + 2 + (names is not null && index > 0 ? 1 : 0))).ToList();
        var last = columns[^1].Place + 1;
        sheet.Column(1).Width = 5;
        foreach (var (column, place) in columns)
        {
            sheet.Column(place).Width = Widths.GetValueOrDefault(column.Key, 11);
            sheet.Column(place).Style.NumberFormat.SetFormat(ExchangeSheets.Format(column));
        }
        sheet.Column(last).Width = 6;
        // On the second of two pages side by side only the first columns come again.
        var shown = names is null ? 4 : last;
        sheet.Line(1, 1, shown, title, 14, bold: true);
        sheet.Line(2, 1, shown, $"{roll.UnitName} ({roll.Unit}), tính đến hết ngày {Vietnamese.Day(roll.Day)}; danh sách số {roll.Number}", italic: true);
        sheet.Cell(HeadRow, 1).SetValue(RollFile.Counter);
        foreach (var (column, place) in columns)
            sheet.Cell(HeadRow, place).SetValue(column.Caption);
        if (names is not null)
        {
            sheet.Column(3).Width = Widths["name"];
            sheet.Cell(HeadRow, 3).SetValue(ExchangeWorkbook.Members.Column("name").Caption);
        }
        sheet.Cell(HeadRow, last).SetValue(SheetDefinition.RemoveCaption);
        sheet.Range(HeadRow, 1, HeadRow, last).Head();
        sheet.FitRow(HeadRow, 1, last);
        foreach (var (index, row) in rows.Index())
        {
            cancel.ThrowIfCancellationRequested();
            var at = HeadRow + 1 + index;
            sheet.Cell(at, 1).SetValue(index + 1);
            foreach (var (column, place) in columns)
                Set(sheet.Cell(at, place), RegisterWorkbook.Written(row.Value(column)));
            if (names is not null)
                sheet.Cell(at, 3).SetValue(names[row.Text("member")!]);
        }
        var (first, end) = (HeadRow + 1, HeadRow + rows.Count);
        var open = sheet.Range(first, 1, end + NewRows, last);
        open.Style.Protection.SetLocked(false).Alignment.SetVertical(XLAlignmentVerticalValues.Center);
        sheet.Range(first, 1, end + RuledRows, last).Boxed();
        sheet.Range(first, 1, end + RuledRows, 1).Style.Alignment.SetHorizontal(XLAlignmentHorizontalValues.Center);
        foreach (var (column, place) in columns)
        {
            var cells = sheet.Range(first, place, end + NewRows, place);
            if (column.Kind is ColumnKind.Date or ColumnKind.PartialDate or ColumnKind.Boolean || column.Key == "sex")
                cells.Style.Alignment.SetHorizontal(XLAlignmentHorizontalValues.Center);
            if (column.Kind is ColumnKind.PartialDate)
                cells.Style.NumberFormat.SetFormat(ExchangeSheets.DateFormat);
            if (column.Kind is ColumnKind.Vocabulary or ColumnKind.Boolean)
                TemplateWriter.AddDropDown(sheet, place, lists[(column.Vocabulary ?? TemplateWriter.YesNo).Name], first, end + NewRows);
            if (column.InKey && rows.Count > 0)
                Lock(sheet.Range(first, place, end, place));
        }
        if (names is not null && rows.Count > 0)
            Lock(sheet.Range(first, 3, end, 3));
        TemplateWriter.AddDropDown(sheet, last, lists[TemplateWriter.RemoveMark.Name], first, end + NewRows);
        for (var row = first; row <= end; row++)
            sheet.FitRow(row, 1, last);
        sheet.PrintOn(landscape: true, HeadRow, HeadRow);
        sheet.FreezeHead(HeadRow, 3 + (definition == ExchangeWorkbook.Members ? 1 : 0));
        sheet.Paginate(end + RuledRows, last, row => row <= HeadRow, definition == ExchangeWorkbook.Members ? WidthOfPage(sheet, last) : null);
        if (definition == ExchangeWorkbook.Members)
        {
            // Two pages side by side, each with who it is about.
            sheet.PageSetup.SetColumnsToRepeatAtLeft(1, 4);
            sheet.PageSetup.AddVerticalPageBreak(BreakOf(sheet, last));
            sheet.PageSetup.PageOrder = XLPageOrderValues.OverThenDown;
        }
        var protection = sheet.Protect();
        protection.AllowedElements = XLSheetProtectionElements.SelectEverything | XLSheetProtectionElements.FormatColumns | XLSheetProtectionElements.FormatRows
            | XLSheetProtectionElements.AutoFilter | XLSheetProtectionElements.Sort;
    }

    private static void Lock(IXLRange cells) => cells.Style.Protection.SetLocked(true).Fill.SetBackgroundColor(LockedFill);

    private static void Set(IXLCell cell, object? value)
    {
        switch (value)
        {
            case null:
                return;
            case DateOnly day:
                cell.SetValue(day.ToDateTime(TimeOnly.MinValue));
                return;
            case int number:
                cell.SetValue(number);
                return;
            default:
                cell.SetValue((string)value);
                return;
        }
    }

    /// <summary>The last column of the first of two pages: what stands right of it, with the first columns again, is about as wide.</summary>
    private static int BreakOf(IXLWorksheet sheet, int last)
    {
        var half = (sheet.WidthOf(1, last) + sheet.WidthOf(1, 4)) / 2;
        return Enumerable.Range(5, last - 5).Last(column => column == 5 || sheet.WidthOf(1, column) <= half);
    }

    private static double WidthOfPage(IXLWorksheet sheet, int last)
    {
        var split = BreakOf(sheet, last);
        return Math.Max(sheet.WidthOf(1, split), sheet.WidthOf(1, 4) + sheet.WidthOf(split + 1, last));
    }

    private static void AddState(XLWorkbook book, Roll roll)
    {
        var sheet = book.AddSheet(RollState.SheetName, 14, 60);
        foreach (var (index, cells) in RollState.Cells(roll).Index())
        {
            for (var column = 0; column < cells.Length; column++)
                sheet.Cell(index + 1, column + 1).SetValue((string)cells[column]!).Style.NumberFormat.SetFormat(ExchangeSheets.TextFormat);
        }
        sheet.Protect();
        sheet.Visibility = XLWorksheetVisibility.VeryHidden;
    }
}
