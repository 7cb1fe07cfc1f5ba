using System.Globalization;
using ClosedXML.Excel;
using SinHo.Reporting.Register;
using SinHo.Reporting.Workbooks;

namespace SinHo.Reporting.Exchange;

/// <summary>
/// Writes the empty exchange workbook that units fill by hand: captions with notes, drop-down lists, and in each sheet one example row in grey
/// that the import passes over (its first cell begins with <see cref="SheetParser.ExampleMark"/>).
/// </summary>
public static class TemplateWriter
{
    private const int LastRow = 1_048_576;
    private const string GuideSheet = "Hướng dẫn";
    private const string ListsSheet = "Danh mục";

    internal static readonly Vocabulary YesNo = new("yes_no", ColumnReader.Yes, ColumnReader.No);
    internal static readonly Vocabulary RemoveMark = new("remove_mark", "x");

    private static readonly string[] Guide =
    [
        "Mỗi trang là một loại dữ liệu; điền trang nào nhập trang đó, trang để trống hoặc đã xóa thì không ảnh hưởng gì.",
        "Hàng 1 là tiêu đề cột: giữ nguyên chữ, có thể đổi thứ tự cột. Ô nền xanh đậm chữ trắng là cột bắt buộc. Đưa chuột vào tiêu đề để xem giải thích.",
        "Dòng chữ xám bắt đầu bằng “Ví dụ:” chỉ để tham khảo và không được nhập; có thể xóa hoặc ghi đè (nhớ bỏ chữ “Ví dụ:”).",
        "Ngày ghi theo dạng ngày/tháng/năm, ví dụ 19/05/2016. Riêng Ngày sinh có thể chỉ ghi 03/1990 hoặc 1990.",
        "“Từ ngày” là ngày đầu tiên có hiệu lực; “Thôi từ ngày” là ngày đầu tiên không còn hiệu lực, để trống nếu vẫn còn. Riêng Nhiệm kỳ có “Đến ngày” là ngày cuối cùng, tính cả ngày đó.",
        "Cột có danh sách: bấm vào ô rồi chọn ở mũi tên bên phải. Cột Có/Không để trống nghĩa là Không.",
        "Mã tổ chức gồm 1 đến 32 ký tự A-Z (chữ hoa, không dấu), 0-9, dấu chấm và gạch ngang. Số 0 ở đầu mã được giữ.",
        "Dòng có khóa đã có trong hệ thống thì được cập nhật, chưa có thì được thêm. Ghi x ở cột Xóa để xóa dòng có khóa đó khỏi hệ thống.",
        "Sổ chỉ được nhận khi không còn lỗi nào. Khi có lỗi, hệ thống trả lại chính sổ này với các ô lỗi được tô màu, có ghi chú và trang Lỗi liệt kê tất cả.",
    ];

    private static readonly string[] PlanGuide =
    [
        "Trang Phương án: mỗi đơn vị hoặc bản tự nó thay đổi là một dòng. Những gì ở dưới (chi bộ, bản) đi theo, giữ mã và tên, không cần ghi.",
        "Mã cũ và Mã mới cùng một mã: vẫn là đơn vị ấy (đổi tên, chuyển trực thuộc, đổi cấp). Nhiều Mã cũ vào một Mã mới: sáp nhập. Một Mã cũ ra nhiều Mã mới: chia tách. Không có Mã cũ: thành lập. Không có Mã mới: giải thể.",
        "Ô để trống là như cũ. Đơn vị chưa có mã trong hệ thống thì cần Tên mới; Cấp, Loại hình, Trực thuộc để trống thì lấy theo đơn vị đi vào nó.",
        "Trang Phân bổ (không bắt buộc): khi một chi bộ chia tách, ghi từng đảng viên về chi bộ nào; ai không ghi thì về chi bộ mới phụ trách bản cư trú.",
        "Trang Chi bộ - bản (không bắt buộc): chi bộ nào phụ trách bản nào từ ngày hiệu lực.",
        "Hàng 1 là tiêu đề cột: giữ nguyên chữ. Dòng chữ xám bắt đầu bằng “Ví dụ:” không được đọc; có thể xóa hoặc ghi đè (nhớ bỏ chữ “Ví dụ:”).",
        "Diễn tập trước (trang Tổ chức → Sắp xếp, hoặc reorganise --rehearse): hệ thống nêu trước và sau của từng đơn vị cùng mọi lỗi, chưa ghi gì. Thực hiện là một lần nhập, hoàn tác được.",
    ];

    /// <param name="path">File to write.</param>
    /// <exception cref="IOException">The folder is missing or the disk is full.</exception>
    public static void Write(string path) => Write(path, "SỔ TRAO ĐỔI DỮ LIỆU ĐẢNG VIÊN VÀ TỔ CHỨC ĐẢNG", Guide, ExchangeWorkbook.Sheets);

    /// <summary>The empty plan of restructuring.</summary>
    /// <param name="path">File to write.</param>
    /// <exception cref="IOException">The folder is missing or the disk is full.</exception>
    public static void WritePlan(string path) => Write(path, "PHƯƠNG ÁN SẮP XẾP TỔ CHỨC ĐẢNG VÀ BẢN", PlanGuide, PlanSheets.All);

    private static void Write(string path, string title, string[] guide, IReadOnlyList<SheetDefinition> definitions)
    {
        var isRegister = definitions == ExchangeWorkbook.Sheets;
        using var book = ExchangeSheets.NewBook();
        AddGuide(book.AddWorksheet(GuideSheet), title, guide, definitions);
        var sheets = definitions.Select(definition => (Sheet: ExchangeSheets.Add(book, definition), definition)).ToList();
        var lists = AddLists(book, definitions);
        foreach (var (sheet, definition) in sheets)
        {
            if (isRegister)
                AddRemoveColumn(sheet, definition.Columns.Count + 1, lists);
            AddExample(sheet, definition);
            for (var i = 0; i < definition.Columns.Count; i++)
            {
                AddNote(sheet.Cell(1, i + 1), Explain(definition.Columns[i], isRegister));
                if (definition.Columns[i] is { Kind: ColumnKind.Vocabulary or ColumnKind.Boolean } column)
                    AddDropDown(sheet, i + 1, lists[(column.Vocabulary ?? YesNo).Name]);
            }
        }
        StreamedSheets.Save(book, path, [], CancellationToken.None);
    }

    private static void AddGuide(IXLWorksheet sheet, string title, string[] guide, IReadOnlyList<SheetDefinition> definitions)
    {
        sheet.ShowGridLines = false;
        sheet.Column(1).Width = 4;
        sheet.Column(2).Width = 22;
        sheet.Column(3).Width = 88;
        sheet.Cell("A1").SetValue(title).Style.Font.SetBold().Font.SetFontSize(16);
        sheet.Cell("A3").SetValue("Cách điền").Style.Font.SetBold().Font.SetFontSize(13);
        var row = 4;
        foreach (var line in guide)
        {
            sheet.Cell(row, 1).SetValue(row - 3).Style.Alignment.SetVertical(XLAlignmentVerticalValues.Top).Alignment.SetHorizontal(XLAlignmentHorizontalValues.Center);
            var text = sheet.Range(row, 2, row, 3).Merge().FirstCell();
            text.SetValue(line).Style.Alignment.SetWrapText().Alignment.SetVertical(XLAlignmentVerticalValues.Top);
            sheet.Row(row++).Height = line.Length > 236 ? 51 : line.Length > 118 ? 34 : 17;
        }
        sheet.Cell(++row, 1).SetValue("Các trang").Style.Font.SetBold().Font.SetFontSize(13);
        foreach (var definition in definitions)
        {
            var name = sheet.Cell(++row, 2);
            name.SetValue(definition.Name);
            name.Hyperlink = new XLHyperlink($"'{definition.Name}'!A1");
            name.Style.Alignment.Vertical = XLAlignmentVerticalValues.Top;
            var columns = string.Join(", ", definition.Columns.Where(column => column.Required).Select(column => column.Caption));
            sheet.Cell(row, 3).SetValue($"Bắt buộc: {columns}.").Style.Alignment.SetWrapText().Alignment.SetVertical(XLAlignmentVerticalValues.Top);
            sheet.Row(row).Height = columns.Length > 80 ? 34 : 17;
        }
        sheet.PageSetup.PaperSize = XLPaperSize.A4Paper;
        sheet.PageSetup.PageOrientation = XLPageOrientation.Landscape;
        sheet.PageSetup.FitToPages(1, 0);
    }

    /// <summary>One column per vocabulary on a hidden sheet: a list written into the drop-down itself may have 255 characters only.</summary>
    /// <returns>Name of the range by name of the vocabulary.</returns>
    internal static Dictionary<string, string> AddLists(XLWorkbook book, IReadOnlyList<SheetDefinition> definitions)
    {
        var sheet = book.AddWorksheet(ListsSheet);
        var used = definitions.SelectMany(definition => definition.Columns).Select(column => column.Vocabulary).OfType<Vocabulary>();
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var vocabulary in used.Append(YesNo).Append(RemoveMark).DistinctBy(vocabulary => vocabulary.Name))
        {
            var column = names.Count + 1;
            for (var i = 0; i < vocabulary.Values.Count; i++)
                sheet.Cell(i + 1, column).SetValue(vocabulary.Values[i]);
            names[vocabulary.Name] = $"dm_{vocabulary.Name}";
            book.NamedRanges.Add(names[vocabulary.Name], sheet.Range(1, column, vocabulary.Values.Count, column));
        }
        sheet.Visibility = XLWorksheetVisibility.Hidden;
        return names;
    }

    private static void AddRemoveColumn(IXLWorksheet sheet, int column, Dictionary<string, string> lists)
    {
        ExchangeSheets.AddCaption(sheet.Cell(1, column), SheetDefinition.RemoveCaption, isRequired: false);
        AddNote(sheet.Cell(1, column), "Ghi x để xóa dòng có khóa này khỏi hệ thống; khi đó chỉ cần điền các cột khóa.");
        sheet.Column(column).Width = 8;
        AddDropDown(sheet, column, lists[RemoveMark.Name]);
    }

    internal static void AddDropDown(IXLWorksheet sheet, int column, string list, int first = 2, int last = LastRow)
    {
        var rule = sheet.Range(first, column, last, column).SetDataValidation();
        rule.List(list, inCellDropdown: true);
        rule.IgnoreBlanks = true;
        rule.ErrorStyle = XLErrorStyle.Stop;
        rule.ErrorTitle = "Giá trị không có trong danh sách";
        rule.ErrorMessage = "Hãy chọn một giá trị trong danh sách của ô này.";
    }

    private static void AddNote(IXLCell cell, string note)
    {
        cell.Comment.AddText(note);
        cell.Comment.Style.Size.Width = 40;
        cell.Comment.Style.Size.Height = 90;
    }

    private static string Explain(ColumnDefinition column, bool isRegister)
    {
        string[] lines = [column.Required ? "Bắt buộc." : "Không bắt buộc.", Expected(column), column.Note, isRegister && column.InKey ? "Thuộc khóa của dòng: khóa trùng thì dòng cũ được cập nhật." : ""];
        return string.Join('\n', lines.Where(line => line.Length > 0));
    }

    private static string Expected(ColumnDefinition column) => column.Kind switch
    {
        ColumnKind.Code => "Mã, không có khoảng trắng; số 0 ở đầu được giữ.",
        ColumnKind.Date => "Ngày/tháng/năm, ví dụ 19/05/2016.",
        ColumnKind.Vocabulary => "Chọn trong danh sách.",
        ColumnKind.Boolean => column.Required ? "Có hoặc Không." : "Có hoặc Không; để trống là Không.",
        ColumnKind.Number => "Số nguyên.",
        _ => "",
    };

    private static void AddExample(IXLWorksheet sheet, SheetDefinition definition)
    {
        for (var i = 0; i < definition.Columns.Count; i++)
        {
            var (cell, column) = (sheet.Cell(2, i + 1), definition.Columns[i]);
            if (i == 0)
                cell.SetValue($"{SheetParser.ExampleMark} {column.Example}");
            else if (column.Kind == ColumnKind.Date && DateTime.TryParseExact(column.Example, "dd/MM/yyyy", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
                cell.SetValue(day);
            else if (column.Kind == ColumnKind.Number)
                cell.SetValue(int.Parse(column.Example, CultureInfo.InvariantCulture));
            else if (column.Example.Length > 0)
                cell.SetValue(column.Example);
            cell.Style.NumberFormat.Format = ExchangeSheets.Format(column);
            cell.Style.Font.Italic = true;
            cell.Style.Font.FontColor = XLColor.FromHtml("#808080");
        }
        sheet.Column(1).Width = Math.Max(sheet.Column(1).Width, SheetParser.ExampleMark.Length + definition.Columns[0].Example.Length + 4);
    }
}
