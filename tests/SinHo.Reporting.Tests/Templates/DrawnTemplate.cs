using ClosedXML.Excel;
using SinHo.Reporting.Faces.Templates;
using SinHo.Reporting.Workbooks;

namespace SinHo.Reporting.Tests.Templates;

/// <summary>Draws a template on a sheet from top to bottom; the two frames of docs/spec/statistics.md 1.3 and 4.2 are ready to use.</summary>
internal sealed class DrawnTemplate : IDisposable
{
    private const string Font = "Times New Roman";

    private static readonly XLColor HeadFill = XLColor.FromHtml("#EDEDED");
    private static readonly XLColor LinkColour = XLColor.FromHtml("#1F3864");

    private readonly XLWorkbook book = new();
    private readonly int columns;

    public DrawnTemplate(string name, bool landscape, params double[] widths)
    {
        book.Style.Font.SetFontName(Font).Font.SetFontSize(12);
        book.Properties.Author = "SinHo.Reporting";
        Sheet = book.AddWorksheet(name);
        Sheet.Style.Font.SetFontName(Font).Font.SetFontSize(12).Alignment.SetVertical(XLAlignmentVerticalValues.Center);
        Sheet.ShowGridLines = false;
        columns = widths.Length;
        for (var column = 0; column < columns; column++)
            Sheet.Column(column + 1).Width = widths[column];
        var page = Sheet.PageSetup;
        page.PaperSize = XLPaperSize.A4Paper;
        page.PageOrientation = landscape ? XLPageOrientation.Landscape : XLPageOrientation.Portrait;
        page.Margins.SetTop(0.79).SetBottom(0.79).SetLeft(0.79).SetRight(0.59).SetHeader(0.3).SetFooter(0.4);
        page.CenterHorizontally = true;
        page.Footer.Center.AddText("Trang &P/&N").SetFontSize(11);
    }

    public IXLWorksheet Sheet { get; }

    /// <summary>Row that is drawn next.</summary>
    public int Row { get; set; } = 1;

    public IXLRange Text(int row, int first, int last, string text, double size = 12, bool bold = false, bool italic = false, int rows = 1)
    {
        var range = Sheet.Range(row, first, row + rows - 1, last);
        if (last > first || rows > 1)
            range.Merge();
        range.FirstCell().SetValue(text);
        range.Style.Font.SetFontSize(size).Font.SetBold(bold).Font.SetItalic(italic)
            .Alignment.SetHorizontal(XLAlignmentHorizontalValues.Center).Alignment.SetWrapText(true);
        for (var each = row; each < row + rows; each++)
            Sheet.Row(each).Height = Math.Max(Sheet.Row(each).Height, size * 1.4);
        return range;
    }

    /// <summary>The frame of an official form: left the office, in the middle the title, right the number of the form.</summary>
    public void FormHead(int left, int right, string title = "{{TITLE}}")
    {
        Text(1, 1, left, "{{superior}}");
        // A long title makes the second row high.
        Text(2, 1, left, "{{issuer}}", bold: true).Style.Alignment.SetVertical(XLAlignmentVerticalValues.Top);
        Text(1, left + 1, right - 1, title, 14, bold: true, rows: 2);
        Text(3, left + 1, right - 1, "{{PERIOD}}", 13, bold: true);
        Text(1, right, columns, "{{form_number}}");
        Text(2, right, columns, "Đvt: {{counted_in}}", italic: true).Style.Alignment.SetVertical(XLAlignmentVerticalValues.Top);
        Text(4, 1, columns, "Đơn vị: {{unit}}; kỳ báo cáo từ ngày {{from}} đến hết ngày {{to}}", italic: true);
        Text(5, 1, columns, "{{notices}}", 11, italic: true);
        Row = 6;
    }

    /// <summary>The letter of a party office: the party's name right, no state motto.</summary>
    public void LetterHead(int left)
    {
        Text(1, 1, left, "{{superior}}", 14);
        Text(2, 1, left, "{{issuer}}", 14, bold: true);
        Text(3, 1, left, "*", 14);
        Text(1, left + 1, columns, "ĐẢNG CỘNG SẢN VIỆT NAM", 14, bold: true).Style.Font.SetUnderline();
        Text(3, left + 1, columns, "{{place_date}}", 13, italic: true);
        Text(5, 1, columns, "{{TITLE}}", 15, bold: true);
        Text(6, 1, columns, "{{Period}}", 13, bold: true);
        Text(7, 1, columns, "Đơn vị: {{unit}}; số liệu từ ngày {{from}} đến hết ngày {{to}}", italic: true);
        Text(8, 1, columns, "{{notices}}");
        // Narrow gaps: together with the head of the table they leave two thirds of a small screen, so that it can be frozen.
        Sheet.Row(4).Height = Sheet.Row(9).Height = 6;
        Row = 10;
    }

    /// <summary>Head of the table; a caption covers the cells from its place to the given ones.</summary>
    public void TableHead(int rows, params (int Row, int First, int LastRow, int Last, string Text)[] captions)
    {
        foreach (var (row, first, lastRow, last, text) in captions)
            Text(Row + row, first, last, text, bold: true, rows: lastRow - row + 1);
        var head = Sheet.Range(Row, 1, Row + rows - 1, columns);
        head.Style.Border.SetInsideBorder(XLBorderStyleValues.Thin).Border.SetOutsideBorder(XLBorderStyleValues.Thin).Fill.SetBackgroundColor(HeadFill);
        Row += rows;
    }

    /// <summary>The row of column numbers that people cite; it ends the heading that comes again on every page.</summary>
    public void ColumnNumbers(int firstHeadRow, params string[] numbers)
    {
        for (var column = 0; column < numbers.Length; column++)
            Text(Row, column + 1, column + 1, numbers[column], 10, italic: true);
        var cells = Sheet.Range(Row, 1, Row, columns);
        cells.Style.Border.SetInsideBorder(XLBorderStyleValues.Thin).Border.SetOutsideBorder(XLBorderStyleValues.Thin);
        Sheet.PageSetup.SetRowsToRepeatAtTop(firstHeadRow, Row);
        Sheet.SheetView.FreezeRows(Row);
        Row++;
    }

    /// <summary>The four model rows.</summary>
    /// <param name="texts">Columns that hold words, the others hold numbers.</param>
    /// <param name="tags">Per look the tags of all columns.</param>
    public void Models(int[] texts, string[] head, string[] main, string[] detail, string[] note)
    {
        var first = Row;
        foreach (var (tags, look) in new[] { head, main, detail, note }.Select((tags, look) => (tags, look)))
        {
            for (var column = 1; column <= columns; column++)
            {
                var cell = Sheet.Cell(Row, column);
                cell.SetValue(tags[column - 1]).Style.Alignment.SetWrapText(true).Font.SetBold(look == 0).Font.SetItalic(look == 3);
                if (texts.Contains(column))
                    cell.Style.Alignment.SetHorizontal(XLAlignmentHorizontalValues.Left);
                else
                    cell.Style.Alignment.SetHorizontal(XLAlignmentHorizontalValues.Right).Alignment.SetWrapText(false).Font.SetFontColor(LinkColour);
            }

            Sheet.Range(Row, 1, Row, columns).Style.Border.SetInsideBorder(XLBorderStyleValues.Thin).Border.SetOutsideBorder(XLBorderStyleValues.Thin);
            Sheet.Row(Row++).Height = 17;
        }

        book.NamedRanges.Add(ReportTemplate.RowsName, Sheet.Range(first, 1, Row - 1, columns));
    }

    public void Note(string text) =>
        Text(Row++, 1, columns, text, 11, italic: true).Style.Alignment.SetHorizontal(XLAlignmentHorizontalValues.Left);

    /// <summary>Signatures of a form, with the room for them.</summary>
    public void Foot(int left, int right, bool placeAndDate, string compilerNote, string signerNote)
    {
        Row++;
        var first = Row;
        if (placeAndDate)
            Text(Row++, right, columns, "{{place_date}}", italic: true);
        Text(Row, 1, left, "{{compiler}}", 13, bold: true);
        Text(Row++, right, columns, "{{signer}}", 13, bold: true);
        Text(Row, 1, left, compilerNote, 11, italic: true).Style.Alignment.SetVertical(XLAlignmentVerticalValues.Top);
        Text(Row, right, columns, signerNote, 11, italic: true).Style.Alignment.SetVertical(XLAlignmentVerticalValues.Top);
        Sheet.Row(Row).Height = compilerNote.Length > 40 ? 33 : 18;
        Row += 4;
        book.NamedRanges.Add(ReportTemplate.FootName, Sheet.Range(first, 1, Row - 1, columns));
    }

    public void Save(string path)
    {
        Guide(book.AddWorksheet("Cách sửa mẫu"));
        StreamedSheets.Save(book, path, [], CancellationToken.None);
    }

    public void Dispose() => book.Dispose();

    private static void Guide(IXLWorksheet guide)
    {
        guide.Style.Font.SetFontName(Font).Font.SetFontSize(12).Alignment.SetWrapText(true).Alignment.SetVertical(XLAlignmentVerticalValues.Top);
        guide.Column(1).Width = 22;
        guide.Column(2).Width = 80;
        guide.Cell(1, 1).SetValue("CÁCH SỬA MẪU").Style.Font.SetBold().Font.SetFontSize(14).Alignment.SetWrapText(false);
        (string, string)[] lines =
        [
            ("Được đổi", "Phông chữ, cỡ chữ, màu, đường kẻ, độ rộng cột, lề, khổ đứng hay ngang, lời văn, chức danh, thêm bớt hàng ở trên và dưới bảng."),
            ("Phải giữ", "Trang đầu là trang báo cáo. Vùng tên “rows” gồm bốn hàng mẫu: dòng mục lớn, dòng chính, dòng chi tiết, dòng chỉ có chữ. Vùng tên “foot” là khối chữ ký."),
            ("Thẻ", "Từ trong hai cặp ngoặc nhọn được thay bằng giá trị: {{unit}} viết như vốn có, {{Unit}} viết hoa chữ đầu, {{UNIT}} viết hoa cả."),
            ("Không được", "Công thức, macro, hình ảnh, liên kết tới tệp khác."),
            ("Kiểm tra", "sinho check so mọi mẫu với định nghĩa của báo cáo và chỉ ra thẻ thiếu, thẻ lạ ở trang nào, ô nào."),
            ("Dùng thử", "sinho report TÊN … --template FILE.xlsx --out BÁO-CÁO.xlsx"),
            ("", ""),
            .. TemplateTags.Page.Concat(TemplateTags.Row).Select(tag => ($"{{{{{tag.Name}}}}}", tag.Says + (tag.IsRequired ? " (bắt buộc)" : ""))),
        ];
        foreach (var ((word, says), index) in lines.Select((line, index) => (line, index)))
        {
            guide.Cell(index + 3, 1).SetValue(word).Style.Font.SetBold();
            guide.Cell(index + 3, 2).SetValue(says);
            guide.Row(index + 3).Height = says.Length > 88 ? 33 : 17;
        }
    }
}
