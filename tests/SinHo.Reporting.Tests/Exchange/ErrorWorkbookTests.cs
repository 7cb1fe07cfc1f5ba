using System.IO.Compression;
using System.Xml.Linq;
using ClosedXML.Excel;
using SinHo.Reporting.Exchange;
using SinHo.Reporting.Tests.Support;
using Xunit;

namespace SinHo.Reporting.Tests.Exchange;

public sealed class ErrorWorkbookTests : IDisposable
{
    private static readonly string[] Captions = ["Nhiệm kỳ", "Từ ngày", "Đến ngày", "Xóa", "của riêng tôi"];

    private readonly TemporaryFolder folder = new();

    private string Source => folder.File("sổ.xlsx");

    private string Marked => folder.File("sổ-lỗi.xlsx");

    public void Dispose() => folder.Dispose();

    [Fact]
    public void The_users_cells_styles_and_notes_stay_and_faults_are_coloured_and_explained()
    {
        SaveTerms();
        ErrorWorkbook.Write(Source, Issues(Source), Marked, TestContext.Current.CancellationToken);

        using var book = new XLWorkbook(Marked);
        var sheet = book.Worksheet("Nhiệm kỳ");
        Assert.Equal([ErrorSheetName, "Nhiệm kỳ", "Ghi chép"], book.Worksheets.Select(known => known.Name));
        Assert.Equal("2015-2020", sheet.Cell("A2").GetString());
        Assert.Equal("của riêng tôi", sheet.Cell("E1").GetString());
        Assert.Equal("=1+1", "=" + book.Worksheet("Ghi chép").Cell("A1").FormulaA1);
        Assert.Equal(7, sheet.Column(1).Width, 1);
        var bad = sheet.Cell("B2");
        Assert.Equal("31/02/2015", bad.GetString());
        Assert.True(bad.Style.Font.Bold);
        Assert.Equal("@", bad.Style.NumberFormat.Format);
        Assert.Equal("FFFFC9C9", bad.Style.Fill.BackgroundColor.Color.ToArgb().ToString("X8", null));
        Assert.Contains("31/02/2015", bad.Comment.Text, StringComparison.Ordinal);
        Assert.StartsWith("chữ của người dùng", sheet.Cell("C1").Comment.Text, StringComparison.Ordinal);
        Assert.NotEqual("FFFFC9C9", sheet.Cell("A2").Style.Fill.BackgroundColor.Color.ToArgb().ToString("X8", null));
        Assert.Equal(XLFillPatternValues.Solid, sheet.Cell("C5").Style.Fill.PatternType);
        Assert.Contains("bắt buộc", sheet.Cell("C5").Comment.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_blank_cell_takes_the_format_of_its_column()
    {
        SaveTerms();
        ErrorWorkbook.Write(Source, Issues(Source), Marked, TestContext.Current.CancellationToken);
        using var book = new XLWorkbook(Marked);
        Assert.Equal("dd/mm/yyyy", book.Worksheet("Nhiệm kỳ").Cell("C5").Style.NumberFormat.Format);
    }

    [Fact]
    public void The_first_sheet_lists_every_issue_with_a_link_to_its_cell()
    {
        SaveTerms();
        var issues = Issues(Source);
        ErrorWorkbook.Write(Source, issues, Marked, TestContext.Current.CancellationToken);

        using var book = new XLWorkbook(Marked);
        var list = book.Worksheet(1);
        var rows = list.RowsUsed().Where(row => row.RowNumber() > 5).ToList();
        Assert.Equal(issues.Count, rows.Count);
        Assert.Contains(rows, row => row.Cell(5).GetString() == "B2" && row.Cell(5).Hyperlink.InternalAddress == "'Nhiệm kỳ'!B2" && row.Cell(8).GetString() == "31/02/2015");
        Assert.Equal("Cảnh báo", rows[^1].Cell(2).GetString());
        Assert.StartsWith("2 lỗi, 2 cảnh báo.", list.Cell("A2").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Only_the_list_is_selected_and_local_names_move_with_their_sheets()
    {
        SaveTerms();
        ErrorWorkbook.Write(Source, Issues(Source), Marked, TestContext.Current.CancellationToken);
        using var zip = ZipFile.OpenRead(Marked);
        var selected = zip.Entries.Where(part => part.FullName.StartsWith("xl/worksheets/sheet", StringComparison.Ordinal))
            .Count(part => Load(part).Descendants().Any(view => view.Attribute("tabSelected") is not null));
        Assert.Equal(1, selected);
        var workbook = Load(zip.GetEntry("xl/workbook.xml")!);
        Assert.Equal("1", workbook.Descendants().Single(name => name.Name.LocalName == "definedName").Attribute("localSheetId")!.Value);
    }

    [Fact]
    public void A_second_check_takes_out_the_marks_of_the_first()
    {
        SaveTerms();
        ErrorWorkbook.Write(Source, Issues(Source), Marked, TestContext.Current.CancellationToken);
        using (var book = new XLWorkbook(Marked))
        {
            book.Worksheet("Nhiệm kỳ").Cell("B2").SetValue("01/07/2015");
            book.Save();
        }
        var again = folder.File("lần hai.xlsx");
        var issues = Issues(Marked);
        Assert.Equal([IssueCode.UnknownColumn, IssueCode.Required, IssueCode.UnknownSheet], issues.Select(issue => issue.Code));
        ErrorWorkbook.Write(Marked, issues, again, TestContext.Current.CancellationToken);

        using var second = new XLWorkbook(again);
        var sheet = second.Worksheet("Nhiệm kỳ");
        Assert.Equal([ErrorSheetName, "Nhiệm kỳ", "Ghi chép"], second.Worksheets.Select(known => known.Name));
        Assert.Equal(XLFillPatternValues.None, sheet.Cell("B2").Style.Fill.PatternType);
        Assert.True(sheet.Cell("B2").Style.Font.Bold);
        Assert.False(sheet.Cell("B2").HasComment);
        Assert.Equal("chữ của người dùng", sheet.Cell("C1").Comment.Text);
        Assert.True(sheet.Cell("C5").HasComment);
        Assert.Single(sheet.Cell("C5").Comment.Text, letter => letter == '⚠');
    }

    [Fact]
    public void Issues_without_a_cell_point_at_the_caption_row()
    {
        SaveTerms();
        List<ImportIssue> issues =
        [
            new(IssueCode.MissingColumn, "Nhiệm kỳ", 1, "Thiếu", null, "Thiếu cột."),
            new(IssueCode.BadValue, "nhiệm  KỲ", null, null, null, "Cả trang."),
            new(IssueCode.DateOrder, "Nhiệm kỳ", 9, "Không có", "x", "Hàng chưa có."),
            new(IssueCode.UnknownReference, "Không có trang này", 3, "A", "x", "Trang lạ."),
        ];
        ErrorWorkbook.Write(Source, issues, Marked, TestContext.Current.CancellationToken);
        using var book = new XLWorkbook(Marked);
        var sheet = book.Worksheet("Nhiệm kỳ");
        Assert.Contains("Thiếu cột.", sheet.Cell("F1").Comment.Text, StringComparison.Ordinal);
        Assert.Contains("Cả trang.", sheet.Cell("A1").Comment.Text, StringComparison.Ordinal);
        Assert.Contains("Hàng chưa có.", sheet.Cell("A9").Comment.Text, StringComparison.Ordinal);
        Assert.Equal(4, book.Worksheet(1).RowsUsed().Count(row => row.RowNumber() > 5));
    }

    [Fact]
    public void A_workbook_without_styles_and_notes_can_be_marked()
    {
        var raw = RawWorkbook.With("Nhiệm kỳ", """<row r="1"><c r="A1" t="str"><v>Nhiệm kỳ</v></c></row>""").Without("xl/styles.xml");
        raw.Part("xl/_rels/workbook.xml.rels", RawWorkbook.Relations(("rId1", "worksheet", "worksheets/sheet1.xml")));
        ErrorWorkbook.Write(raw.Save(Source), Issues(Source), Marked, TestContext.Current.CancellationToken);
        using var book = new XLWorkbook(Marked);
        Assert.Contains("Đến ngày", book.Worksheet("Nhiệm kỳ").Cell("A1").Comment.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Seventy_thousand_faults_are_all_coloured_and_listed_and_the_notes_bounded()
    {
        var rows = string.Concat(Enumerable.Range(2, 35_000).Select(row => $"""<row r="{row}"><c r="A{row}" t="str"><v>{row}</v></c></row>"""));
        RawWorkbook.With("Nhiệm kỳ", """<row r="1"><c r="A1" t="str"><v>Nhiệm kỳ</v></c><c r="B1" t="str"><v>Từ ngày</v></c><c r="C1" t="str"><v>Đến ngày</v></c></row>""" + rows).Save(Source);
        var issues = Issues(Source);
        Assert.Equal(70_000, issues.Count);
        ErrorWorkbook.Write(Source, issues, Marked, TestContext.Current.CancellationToken);
        using var zip = ZipFile.OpenRead(Marked);
        Assert.Equal(1000, Load(zip.GetEntry("xl/comments1.xml")!).Descendants().Count(element => element.Name.LocalName == "comment"));
        var sheet = Load(zip.GetEntry("xl/worksheets/sheet1.xml")!);
        Assert.Equal(70_000, sheet.Descendants().Count(cell => cell.Name.LocalName == "c" && cell.Attribute("s") is not null));
        var list = Load(zip.GetEntry("xl/worksheets/sheet2.xml")!);
        Assert.Equal(60_000, list.Descendants().Count(link => link.Name.LocalName == "hyperlink"));
        Assert.Contains("1000 ô đầu", list.Descendants().Where(text => text.Name.LocalName == "t").ElementAt(2).Value, StringComparison.Ordinal);
    }

    [Fact]
    public void A_failure_leaves_nothing_behind()
    {
        File.WriteAllText(Source, "không phải sổ");
        Assert.Throws<WorkbookRefusedException>(() => ErrorWorkbook.Write(Source, [], Marked, TestContext.Current.CancellationToken));
        Assert.Throws<DirectoryNotFoundException>(() => ErrorWorkbook.Write(RawWorkbook.With("a", "").Save(Source), [], folder.File("không có/b.xlsx"), TestContext.Current.CancellationToken));
        Assert.Equal([Source], Directory.GetFiles(folder.Path));
    }

    private const string ErrorSheetName = "Lỗi";

    /// <summary>A book as a user keeps it: own styles, notes, widths, a column and a sheet of their own, a print area.</summary>
    private void SaveTerms()
    {
        using var book = new XLWorkbook();
        var sheet = book.AddWorksheet("Nhiệm kỳ");
        foreach (var (caption, column) in Captions.Select((caption, index) => (caption, index + 1)))
            sheet.Cell(1, column).SetValue(caption);
        sheet.Column(3).Style.NumberFormat.Format = "dd/mm/yyyy";
        sheet.Column(1).Width = 7;
        sheet.Cell("C1").Comment.AddText("chữ của người dùng");
        sheet.Cell("A2").SetValue("2015-2020");
        sheet.Cell("B2").SetValue("31/02/2015").Style.Font.SetBold().NumberFormat.SetFormat("@");
        sheet.Cell("C2").SetValue(new DateTime(2020, 6, 30));
        sheet.Cell("A5").SetValue("2020-2025");
        sheet.Cell("B5").SetValue(new DateTime(2020, 7, 1));
        sheet.PageSetup.PrintAreas.Add("A1:C5");
        book.AddWorksheet("Ghi chép").Cell("A1").FormulaA1 = "1+1";
        book.SaveAs(Source);
    }

    private static List<ImportIssue> Issues(string path)
    {
        var issues = new List<ImportIssue>();
        foreach (var sheet in SheetParser.Parse(new WorkbookSource(path)))
            issues.AddRange([.. sheet.Issues, .. sheet.Rows.SelectMany(row => row.Issues)]);
        return issues;
    }

    private static XDocument Load(ZipArchiveEntry part)
    {
        using var content = part.Open();
        return XDocument.Load(content);
    }
}
