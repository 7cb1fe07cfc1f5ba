using ClosedXML.Excel;

namespace SinHo.Reporting.Tests.Templates;

/// <summary>How the templates of reports/ are drawn: the one place to change the shipped look of all of them.</summary>
internal static class ShippedTemplates
{
    private const string Sign = "(Ký, ghi rõ họ và tên)";
    private const string SignOfForm = "(Ký, đóng dấu, ghi rõ họ và tên)";
    private const string Contact = "(Ký, ghi rõ họ và tên; số điện thoại di động và cố định liên hệ)";
    private const string Guide = "Ghi chú: {{guide}}.";

    /// <summary>By folder under reports/.</summary>
    public static IReadOnlyDictionary<string, Func<DrawnTemplate>> All { get; } = new Dictionary<string, Func<DrawnTemplate>>(StringComparer.Ordinal)
    {
        ["term"] = Term,
        ["monthly"] = Monthly,
        ["form-1/2021"] = () => Compared("Biểu 1", "{{mark}} - {{caption}}"),
        ["form-1/tctw"] = () => Compared("Biểu 1", "{{mark}} - {{caption}}", "2:3", hasDeadline: true),
        ["form-2/2021"] = () => Compared("Biểu 2", "{{mark}}. {{caption}}"),
        ["form-2b/2021"] = () => ByEthnicity("Biểu 2B"),
        ["form-3/2021"] = () => Compared("Biểu 3", "{{mark}}. {{caption}}"),
        ["form-4/2021"] = () => ByEthnicity("Biểu 4"),
        ["form-5/2021"] = ByType,
        ["form-6/2021"] = Ratings,
        ["form-7/2021"] = () => Compared("Biểu 7", "{{mark}}. {{caption}}"),
        ["villages"] = Villages,
        ["year"] = Year,
        ["term-years"] = TermYears,
    };

    private static DrawnTemplate Term()
    {
        var page = new DrawnTemplate("Tổng hợp", landscape: false, 6, 36, 9, 11, 15, 31);
        page.LetterHead(left: 3);
        page.TableHead(1, (0, 1, 0, 1, "TT"), (0, 2, 0, 2, "Chỉ tiêu"), (0, 3, 0, 3, "Đvt"), (0, 4, 0, 4, "Số lượng"), (0, 5, 0, 5, "Thời điểm / kỳ số liệu"), (0, 6, 0, 6, "Cách tính"));
        page.Sheet.Row(page.Row - 1).Height = 34;
        page.ColumnNumbers(page.Row - 1, "1", "2", "3", "4", "5", "6");
        page.Sheet.SheetView.FreezeRows(page.Row - 2);
        string[] line = ["{{mark}}", "{{caption}}", "{{counted_in}}", "{{value}}", "{{when}}", "{{rule}}"];
        page.Models([2, 6], head: ["{{mark}}", "{{caption}}", "", "", "", ""], main: line, detail: line, note: ["", "{{caption}}", "", "", "", ""]);
        page.Sheet.Range(page.Row - 4, 2, page.Row - 4, 6).Merge();
        Centre(page, 1, 3, 5);
        page.Sheet.Range(page.Row - 4, 5, page.Row - 1, 6).Style.Font.SetFontSize(11).Alignment.SetWrapText(true);
        page.Sheet.Cell(page.Row - 3, 4).Style.Font.SetBold();
        page.Note(Guide);
        page.Foot(left: 2, right: 4, placeAndDate: false, Sign, Sign);
        return page;
    }

    private static DrawnTemplate Monthly()
    {
        var page = new DrawnTemplate("Tổng hợp", landscape: false, 5, 37, 8, 9.5, 13, 10, 13, 11.5);
        page.LetterHead(left: 2);
        page.TableHead(1, (0, 1, 0, 1, "TT"), (0, 2, 0, 2, "Chỉ tiêu"), (0, 3, 0, 3, "Đvt"), (0, 4, 0, 4, "{{head_month}}"), (0, 5, 0, 5, "{{head_year}}"), (0, 6, 0, 6, "{{head_month_last}}"), (0, 7, 0, 7, "{{head_year_last}}"), (0, 8, 0, 8, "{{head_pct}}"));
        page.Sheet.Row(page.Row - 1).Height = 66;
        page.ColumnNumbers(page.Row - 1, "", "1", "", "2", "3", "4", "5", "6");
        page.Sheet.SheetView.FreezeRows(page.Row - 2);
        string[] line = ["{{mark}}", "{{caption}}", "{{counted_in}}", "{{month}}", "{{year}}", "{{month_last}}", "{{year_last}}", "{{pct}}"];
        page.Models([2], head: line, main: line, detail: line, note: ["", "{{caption}}", "", "", "", "", "", ""]);
        Centre(page, 1, 3);
        page.Note(Guide);
        page.Foot(left: 2, right: 5, placeAndDate: false, Sign, Sign);
        return page;
    }

    /// <summary>Forms 1 to 3: this period beside the same dates a year earlier.</summary>
    private static DrawnTemplate Compared(string name, string head, string ratio = "4(=2*100/3)", bool hasDeadline = false)
    {
        var page = new DrawnTemplate(name, landscape: false, 31, 13, 12, 13, 18);
        page.FormHead(left: 1, right: 5);
        if (hasDeadline)
            page.Text(page.Row++, 1, 5, "{{deadline}}", 11, italic: true);
        page.TableHead(2, (0, 1, 1, 2, "Tiêu chí"), (0, 3, 0, 4, "Thực hiện"), (1, 3, 1, 3, "Kỳ này"), (1, 4, 1, 4, "Cùng kỳ năm trước"), (0, 5, 1, 5, "(%) kỳ này so với cùng kỳ năm trước"));
        page.Sheet.Row(page.Row - 1).Height = 34;
        page.ColumnNumbers(page.Row - 2, "1", "", "2", "3", ratio);
        page.Sheet.Range(page.Row - 1, 1, page.Row - 1, 2).Merge();
        string[] line = ["{{mark}}. {{caption}}", "", "{{now}}", "{{last}}", "{{pct}}"];
        page.Models([1, 2], head: [head, .. line[1..]], main: line, detail: line, note: ["{{caption}}", "", "", "", ""]);
        foreach (var row in Enumerable.Range(page.Row - 4, 4))
            page.Sheet.Range(row, 1, row, 2).Merge();
        page.Foot(left: 2, right: 3, placeAndDate: true, Contact, SignOfForm);
        return page;
    }

    /// <summary>Forms 2B and 4: two tables side by side.</summary>
    private static DrawnTemplate ByEthnicity(string name)
    {
        double[] half = [4.5, 17, 8, 8, 8];
        var page = new DrawnTemplate(name, landscape: false, [.. half, .. half]);
        page.FormHead(left: 3, right: 8);
        (int, int, int, int, string)[] captions = [(0, 1, 0, 1, "TT"), (0, 2, 0, 2, "Tên dân tộc, tôn giáo"), (0, 3, 0, 3, "Tổng số"), (0, 4, 0, 4, "Trong đó: nữ"), (0, 5, 0, 5, "Tỷ lệ (%)")];
        page.TableHead(1, [.. captions, .. captions.Select(one => (one.Item1, one.Item2 + 5, one.Item3, one.Item4 + 5, one.Item5))]);
        page.Sheet.Row(page.Row - 1).Height = 34;
        page.ColumnNumbers(page.Row - 1, [.. Enumerable.Range(1, 10).Select(number => $"{number}")]);
        string[] line = ["{{mark}}", "{{caption}}", "{{total}}", "{{female}}", "{{share}}"];
        string[] note = ["", "{{caption}}", "", "", ""];
        page.Models([2, 7], Both(line), Both(line), Both(line), Both(note));
        Centre(page, 1, 6);
        // 32 lines and the signatures on one page.
        page.Sheet.Range(page.Row - 4, 1, page.Row - 1, 10).Style.Font.SetFontSize(10.5);
        page.Sheet.PageSetup.Margins.SetTop(0.45).SetBottom(0.45).SetFooter(0.2);
        page.Foot(left: 4, right: 7, placeAndDate: true, Contact, SignOfForm);
        return page;

        static string[] Both(string[] tags) => [.. tags, .. tags.Select(tag => tag.Replace("{{", "{{2.", StringComparison.Ordinal))];
    }

    private static DrawnTemplate ByType()
    {
        var page = new DrawnTemplate("Biểu 5", landscape: true, 30, 18, 12, 12, 12, 14, 14, 14);
        page.FormHead(left: 1, right: 7);
        page.TableHead(2, (0, 1, 1, 2, "Loại hình tổ chức cơ sở đảng"), (0, 3, 0, 5, "Số tổ chức cơ sở đảng"), (1, 3, 1, 3, "Tổng số"), (1, 4, 1, 4, "{{head_c3}}"), (1, 5, 1, 5, "{{head_c4}}"),
            (0, 6, 0, 7, "Tổ chức đảng trực thuộc đảng bộ cơ sở"), (1, 6, 1, 6, "{{head_c5}}"), (1, 7, 1, 7, "{{head_c6}}"), (0, 8, 1, 8, "Tổng số đảng viên"));
        page.Sheet.Row(page.Row - 2).Height = 34;
        page.Sheet.Row(page.Row - 1).Height = 34;
        page.ColumnNumbers(page.Row - 2, "1", "", "2(=3+4)", "3", "4", "5", "6", "7");
        page.Sheet.Range(page.Row - 1, 1, page.Row - 1, 2).Merge();
        string[] line = ["{{mark}}. {{caption}}", "", "{{c2}}", "{{c3}}", "{{c4}}", "{{c5}}", "{{c6}}", "{{c7}}"];
        page.Models([1, 2], head: line, main: line, detail: ["{{mark}}) {{caption}}", .. line[1..]], note: ["{{caption}}", "", "", "", "", "", "", ""]);
        foreach (var row in Enumerable.Range(page.Row - 4, 4))
            page.Sheet.Range(row, 1, row, 2).Merge();
        page.Foot(left: 2, right: 5, placeAndDate: true, Contact, SignOfForm);
        return page;
    }

    private static DrawnTemplate Year()
    {
        var page = new DrawnTemplate("Tổng hợp", landscape: false, 6, 46, 10, 12, 13, 13);
        page.LetterHead(left: 2);
        page.TableHead(1, (0, 1, 0, 1, "TT"), (0, 2, 0, 2, "Chỉ tiêu"), (0, 3, 0, 3, "Đvt"), (0, 4, 0, 4, "{{head_now}}"), (0, 5, 0, 5, "{{head_last}}"), (0, 6, 0, 6, "{{head_pct}}"));
        page.Sheet.Row(page.Row - 1).Height = 50;
        page.ColumnNumbers(page.Row - 1, "", "1", "", "2", "3", "4");
        page.Sheet.SheetView.FreezeRows(page.Row - 2);
        string[] line = ["{{mark}}", "{{caption}}", "{{counted_in}}", "{{now}}", "{{last}}", "{{pct}}"];
        page.Models([2], head: line, main: line, detail: line, note: ["", "{{caption}}", "", "", "", ""]);
        Centre(page, 1, 3);
        page.Note(Guide);
        page.Foot(left: 2, right: 3, placeAndDate: false, Sign, Sign);
        return page;
    }

    /// <summary>The years of a term side by side.</summary>
    private static DrawnTemplate TermYears()
    {
        string[] columns = ["y1", "y2", "y3", "y4", "y5", "term"];
        var page = new DrawnTemplate("Tổng hợp", landscape: false, [5, 40, 9, .. columns.Select(code => code == "term" ? 15.0 : 9.5)]);
        page.LetterHead(left: 2);
        page.TableHead(1, [(0, 1, 0, 1, "TT"), (0, 2, 0, 2, "Chỉ tiêu"), (0, 3, 0, 3, "Đvt"), .. columns.Select((code, index) => (0, 4 + index, 0, 4 + index, $"{{{{head_{code}}}}}"))]);
        page.Sheet.Row(page.Row - 1).Height = 50;
        page.ColumnNumbers(page.Row - 1, ["", "1", "", .. columns.Select((_, index) => $"{index + 2}")]);
        page.Sheet.SheetView.FreezeRows(page.Row - 2);
        string[] line = ["{{mark}}", "{{caption}}", "{{counted_in}}", .. columns.Select(code => $"{{{{{code}}}}}")];
        page.Models([2], head: line, main: line, detail: line, note: ["", "{{caption}}", "", .. columns.Select(_ => "")]);
        Centre(page, 1, 3);
        page.Note(Guide);
        page.Foot(left: 2, right: 6, placeAndDate: false, Sign, Sign);
        return page;
    }

    /// <summary>Form 6: ratings by type of the grassroots organisation.</summary>
    private static DrawnTemplate Ratings()
    {
        string[] types = ["1", "2", "3", "4", "5", "6", "6a", "6b", "7", "8", "9", "9a", "9b", "9c", "10", "11"];
        var page = new DrawnTemplate("Biểu 6", landscape: true, [24, 12, 8, .. types.Select(_ => 7.2)]);
        page.FormHead(left: 2, right: 16);
        page.TableHead(2, [(0, 1, 1, 2, "Tiêu chí"), (0, 3, 1, 3, "{{head_total}}"), (0, 4, 0, 3 + types.Length, "Chia theo loại hình tổ chức cơ sở đảng"), .. types.Select((type, index) => (1, 4 + index, 1, 4 + index, $"{{{{head_c{type}}}}}"))]);
        page.Sheet.Row(page.Row - 1).Height = 76;
        page.Sheet.Range(page.Row - 1, 3, page.Row - 1, 3 + types.Length).Style.Font.SetFontSize(9);
        page.ColumnNumbers(page.Row - 2, ["1", "", .. Enumerable.Range(2, types.Length + 1).Select(number => $"{number}")]);
        page.Sheet.Range(page.Row - 1, 1, page.Row - 1, 2).Merge();
        string[] numbers = ["{{total}}", .. types.Select(type => $"{{{{c{type}}}}}")];
        page.Models([1, 2], head: ["{{mark}}. {{caption}}", "", .. numbers], main: ["{{mark}}. {{caption}}", "", .. numbers], detail: ["{{mark}}) {{caption}}", "", .. numbers], note: ["{{caption}}", "", .. numbers.Select(_ => "")]);
        foreach (var row in Enumerable.Range(page.Row - 4, 4))
            page.Sheet.Range(row, 1, row, 2).Merge();
        page.Foot(left: 4, right: 12, placeAndDate: true, Contact, SignOfForm);
        return page;
    }

    /// <summary>Villages by commune: each number beside that of the first day of the term, four of them with what changed since.</summary>
    private static DrawnTemplate Villages()
    {
        string[] compared = ["c3", "c6", "c11", "c12"];
        var columns = Enumerable.Range(1, 12).Select(number => $"c{number}").SelectMany(code => compared.Contains(code) ? [code, $"{code}_start", $"{code}_change"] : (string[])[code, $"{code}_start"]).ToList();
        var page = new DrawnTemplate("Bản, khu phố", landscape: true, [4.5, 24, .. columns.Select(_ => 5.6)]);
        page.LetterHead(left: 12);
        var heads = new List<(int, int, int, int, string)> { (0, 1, 1, 1, "TT"), (0, 2, 1, 2, "Xã, thị trấn") };
        foreach (var (index, code) in columns.Index())
        {
            if (!code.Contains('_', StringComparison.Ordinal))
                heads.Add((0, 3 + index, 0, 3 + index + (compared.Contains(code) ? 2 : 1), $"{{{{head_{code}}}}}"));
            heads.Add((1, 3 + index, 1, 3 + index, code.EndsWith("_start", StringComparison.Ordinal) ? "Đầu NK" : code.EndsWith("_change", StringComparison.Ordinal) ? "Tăng, giảm" : "Nay"));
        }
        page.TableHead(2, [.. heads]);
        page.Sheet.Row(page.Row - 2).Height = 76;
        page.Sheet.Row(page.Row - 1).Height = 34;
        page.Sheet.Range(page.Row - 2, 3, page.Row - 1, 2 + columns.Count).Style.Font.SetFontSize(9);
        page.ColumnNumbers(page.Row - 2, ["", "1", .. columns.Select((_, index) => $"{index + 2}")]);
        string[] line = ["{{mark}}", "{{caption}}", .. columns.Select(code => $"{{{{{code}}}}}")];
        page.Models([2], head: line, main: line, detail: line, note: ["", "{{caption}}", .. columns.Select(_ => "")]);
        Centre(page, 1);
        page.Note(Guide);
        page.Foot(left: 10, right: 16, placeAndDate: false, Sign, Sign);
        return page;
    }

    private static void Centre(DrawnTemplate page, params int[] columns)
    {
        foreach (var column in columns)
            page.Sheet.Range(page.Row - 4, column, page.Row - 1, column).Style.Alignment.SetHorizontal(XLAlignmentHorizontalValues.Center).Alignment.SetIndent(0).Font.SetFontColor(XLColor.Black);
    }
}
