namespace SinHo.Reporting.Tests.Templates;

/// <summary>How the templates of reports/ are drawn: the one place to change the shipped look of all of them.</summary>
internal static class ShippedTemplates
{
    private const string Sign = "(Ký, ghi rõ họ và tên)";
    private const string SignOfForm = "(Ký, đóng dấu, ghi rõ họ và tên)";
    private const string Contact = "(Ký, ghi rõ họ và tên; số điện thoại di động và cố định liên hệ)";

    /// <summary>By folder under reports/.</summary>
    public static IReadOnlyDictionary<string, Func<DrawnTemplate>> All { get; } = new Dictionary<string, Func<DrawnTemplate>>(StringComparer.Ordinal)
    {
        ["term"] = Term,
    };

    private static DrawnTemplate Term()
    {
        var page = new DrawnTemplate("Tổng hợp", landscape: false, 6, 36, 9, 11, 15, 31);
        page.LetterHead(left: 3);
        page.TableHead(1, (0, 1, 0, 1, "TT"), (0, 2, 0, 2, "Chỉ tiêu"), (0, 3, 0, 3, "Đvt"), (0, 4, 0, 4, "Số lượng"), (0, 5, 0, 5, "Thời điểm / kỳ số liệu"), (0, 6, 0, 6, "Cách tính"));
        page.Sheet.Row(page.Row - 1).Height = 34;
        page.ColumnNumbers(page.Row - 1, "1", "2", "3", "4", "5", "6");
        string[] line = ["{{mark}}", "{{caption}}", "{{counted_in}}", "{{value}}", "{{when}}", "{{rule}}"];
        page.Models([2, 6], head: ["{{mark}}", "{{caption}}", "", "", "", ""], main: line, detail: line, note: ["", "{{caption}}", "", "", "", ""]);
        page.Sheet.Range(page.Row - 4, 2, page.Row - 4, 6).Merge();
        foreach (var row in Enumerable.Range(page.Row - 4, 4))
        {
            foreach (var centred in new[] { 1, 3, 5 })
                page.Sheet.Cell(row, centred).Style.Alignment.SetHorizontal(ClosedXML.Excel.XLAlignmentHorizontalValues.Center).Alignment.SetIndent(0).Font.SetFontColor(ClosedXML.Excel.XLColor.Black);
            page.Sheet.Range(row, 5, row, 6).Style.Font.SetFontSize(11).Alignment.SetWrapText(true);
        }

        page.Sheet.Cell(page.Row - 3, 4).Style.Font.SetBold();
        page.Text(page.Row, 1, 6, "Ghi chú: mỗi số lượng khác 0 có liên kết tới danh sách được đếm; định nghĩa đầy đủ ở tờ Thuyết minh.", 11, italic: true)
            .Style.Alignment.SetHorizontal(ClosedXML.Excel.XLAlignmentHorizontalValues.Left);
        page.Row++;
        page.Foot(left: 2, right: 4, placeAndDate: false, Sign, Sign);
        return page;
    }
}
