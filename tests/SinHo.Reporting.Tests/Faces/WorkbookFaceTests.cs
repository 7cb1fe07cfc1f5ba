using System.Globalization;
using System.IO.Compression;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using ClosedXML.Excel;
using SinHo.Reporting.Faces;
using SinHo.Reporting.Figures;
using SinHo.Reporting.Tests.Support;
using SinHo.Reporting.Words;
using Xunit;

namespace SinHo.Reporting.Tests.Faces;

public sealed class WorkbookFaceTests(WrittenReport usual) : IClassFixture<WrittenReport>, IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Every_figure_is_a_named_number_that_opens_as_many_rows_as_it_says_and_they_lead_back()
    {
        var (report, book) = (usual.Report, usual.Book);

        foreach (var figure in report.Figures)
        {
            var cell = book.NamedRange($"fig_{figure.Code}").Ranges.Single().Cells().Single();
            Assert.Equal(XLDataType.Number, cell.DataType);
            Assert.Equal((double)figure.Value, cell.Value);
            Assert.Equal("#,##0", cell.Style.NumberFormat.Format);
            Assert.Equal(figure.Value != 0, cell.HasHyperlink);
            if (figure.Value == 0)
                continue;

            var target = book.Range(cell.Hyperlink.InternalAddress).FirstCell();
            var table = target.Worksheet.Tables.Single();
            Assert.Equal(figure.Value, table.DataRange.RowCount());
            Assert.InRange(table.DataRange.FirstRow().RowNumber() - target.Address.RowNumber, 1, 6);
            Assert.All(table.DataRange.FirstColumn().Cells(), code => Assert.NotEqual("", code.GetString()));
            Assert.Contains(target.Worksheet.CellsUsed(c => c.HasHyperlink), back => cell.Equals(book.Range(back.Hyperlink.InternalAddress).FirstCell()));
        }
    }

    [Fact]
    public void Nothing_is_a_formula_or_an_error_and_everything_is_in_Times_New_Roman()
    {
        using var report = SampleReport.Create(failing: true);
        using var book = new XLWorkbook(Write(report));

        foreach (var cell in book.Worksheets.SelectMany(sheet => sheet.CellsUsed(XLCellsUsedOptions.Contents)))
        {
            Assert.False(cell.HasFormula);
            Assert.False(cell.GetString().StartsWith('#'), cell.ToString());
            Assert.Equal("Times New Roman", cell.Style.Font.FontName);
        }
    }

    [Fact]
    public void Text_that_begins_like_a_formula_stays_text()
    {
        var (report, book) = (usual.Report, usual.Book);

        var members = book.Range(book.NamedRange("fig_members").Ranges.Single().FirstCell().Hyperlink.InternalAddress).Worksheet;
        var texts = members.CellsUsed(cell => cell.DataType == XLDataType.Text).Select(cell => cell.GetString()).ToHashSet(StringComparer.Ordinal);
        Assert.Contains("=HYPERLINK(\"http://x\",\"bấm\")", texts);
        Assert.Contains("@SUM(1)", texts);
    }

    [Fact]
    public void Sheets_are_printed_on_A4_with_pages_numbered_and_headings_repeated()
    {
        var (report, book) = (usual.Report, usual.Book);

        Assert.Equal(
            ["Tổng hợp", "Lời văn", "Theo đơn vị"], book.Worksheets.Take(3).Select(sheet => sheet.Name));
        Assert.Equal("Kiểm tra", book.Worksheets.Last().Name);
        foreach (var sheet in book.Worksheets)
        {
            Assert.Equal(XLPaperSize.A4Paper, sheet.PageSetup.PaperSize);
            var footer = sheet.PageSetup.Footer.Center.GetText(XLHFOccurrence.OddPages);
            Assert.DoesNotContain("&N", footer, StringComparison.Ordinal);
            Assert.Equal(sheet.Tables.Any() || sheet.Name == "Mục lục danh sách", footer.EndsWith(" - trang &P", StringComparison.Ordinal));
            if (sheet.Tables.Any())
            {
                Assert.Equal(5, sheet.PageSetup.FirstRowToRepeatAtTop);
                Assert.Equal(5, sheet.SheetView.SplitRow);
            }
        }
    }

    [Fact]
    public void Failed_checks_are_named_in_red_on_the_first_page_and_figures_keep_their_names()
    {
        using var report = SampleReport.Create(failing: true);
        using var book = new XLWorkbook(Write(report));

        var warning = book.Worksheet("Tổng hợp").Cell("A8");
        Assert.StartsWith("CHÚ Ý: 2 phép kiểm tra không đạt", warning.GetString(), StringComparison.Ordinal);
        Assert.Equal(0xC00000, warning.RichText.Single().FontColor.Color.ToArgb() & 0xFFFFFF);
        Assert.Equal("3 phép kiểm tra, 2 không đạt.", book.Worksheet("Kiểm tra").Cell("A2").GetString());
        Assert.Equal(3882d, book.NamedRange("fig_members").Ranges.Single().FirstCell().Value);
        Assert.Contains(
            book.Worksheet("Theo đơn vị").CellsUsed(),
            cell => cell.GetString().StartsWith("KHÔNG KHỚP: Cộng các tổ chức cơ sở đảng", StringComparison.Ordinal));
    }

    [Fact]
    public void A_unit_without_parts_gets_a_sentence()
    {
        var report = usual.Report;
        var alone = report with { Breakdown = report.Breakdown with { Rows = [] } };
        using var book = new XLWorkbook(Write(alone));

        Assert.StartsWith("Huyện ủy Sìn Hồ không có đơn vị trực thuộc", book.Worksheet("Theo đơn vị").Cell("A3").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Each_number_of_the_words_leads_to_its_figure()
    {
        var (report, book) = (usual.Report, usual.Book);

        var links = book.Worksheet("Lời văn").CellsUsed(cell => cell.HasHyperlink).ToList();
        var cited = report.Narrative.SelectMany(paragraph => paragraph.Pieces).Where(piece => piece.FigureCode is not null).ToList();
        Assert.Equal(cited.Count, links.Count);
        foreach (var (piece, link) in cited.Zip(links))
        {
            var figure = book.NamedRange($"fig_{piece.FigureCode}").Ranges.Single().FirstCell();
            Assert.Equal(figure, book.Range(link.Hyperlink.InternalAddress).FirstCell());
            Assert.Equal(piece.Text, Vietnamese.Number(link.GetValue<int>()));
        }
    }

    [Fact]
    public void Evidence_that_disagrees_with_its_figure_is_never_printed()
    {
        var report = usual.Report;
        var wrong = report.Groups[0].Figures[0] with { Value = 54 };
        var broken = report with { Groups = [new("Tổ chức", [wrong])] };

        var refused = Assert.Throws<InvalidOperationException>(() => Write(broken));

        Assert.Contains("grassroots_orgs", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Twenty_thousand_rows_of_evidence_are_streamed()
    {
        using var report = SampleReport.Create(longest: 20_000);
        var path = Write(report);

        using var zip = ZipFile.OpenRead(path);
        var tables = zip.Entries.Where(entry => entry.FullName.StartsWith("xl/tables/", StringComparison.Ordinal)).Select(entry =>
        {
            using var part = entry.Open();
            return XDocument.Load(part).Root!;
        });
        Assert.Equal("A5:H20005", (string?)tables.Single(table => (string?)table.Attribute("name") == "ds_members").Attribute("ref"));
    }

    [Fact]
    public void Headings_repeat_by_absolute_rows_and_a_name_is_one_cell()
    {
        using var zip = ZipFile.OpenRead(usual.Path);
        using var part = zip.GetEntry("xl/workbook.xml")!.Open();

        var names = XDocument.Load(part).Descendants().Where(element => element.Name.LocalName == "definedName")
            .Select(element => $"{(string)element.Attribute("name")!} {element.Value}").ToList();

        Assert.Contains("_xlnm.Print_Titles 'Theo đơn vị'!$A:$C,'Theo đơn vị'!$3:$5", names);
        Assert.Contains("fig_grassroots_orgs 'Tổng hợp'!$D$13", names);
    }

    [Fact]
    public void Names_of_sheets_are_unique_and_legal()
    {
        var report = usual.Report;
        var odd = report.Groups[0].Figures[0] with { Caption = @"Tên [rất] dài: a/b\c * d? 'e' " + new string('x', 60) };
        var renamed = report with { Groups = [new("Một", [odd, odd with { Code = "second" }])], Narrative = [] };

        using var book = new XLWorkbook(Write(renamed));

        // Equal rows share a sheet, and a caption that does not fit is not cut.
        Assert.Equal(["1. Danh sách"], book.Worksheets.Where(sheet => sheet.Tables.Any()).Select(sheet => sheet.Name));
    }

    [Fact]
    public void The_dump_is_equal_for_two_saves_and_hides_the_moment()
    {
        var later = usual.Report with { SnapshotAt = usual.Report.SnapshotAt.AddDays(1), ProgramVersion = "9" };

        var first = WorkbookDump.Text(usual.Path);

        Assert.Equal(first, WorkbookDump.Text(Write(later)));
        Assert.Contains("fig_members", first, StringComparison.Ordinal);
        Assert.DoesNotMatch(new Regex("giờ Việt Nam", RegexOptions.None, TimeSpan.FromSeconds(5)), first);
    }

    private string Write(Report report)
    {
        var path = folder.File("báo cáo.xlsx");
        WorkbookFace.Write(report, path, progress: null, CancellationToken.None);
        return path;
    }
}

/// <summary>The usual report and its workbook, written once and read by many tests, under Vietnamese settings: no cell may hang on them.</summary>
public sealed class WrittenReport : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public WrittenReport()
    {
        CultureInfo.CurrentCulture = new CultureInfo("vi-VN");
        Path = folder.File("báo cáo.xlsx");
        WorkbookFace.Write(Report, Path, progress: null, CancellationToken.None);
        Book = new XLWorkbook(Path);
    }

    public Report Report { get; } = SampleReport.Create();

    public string Path { get; }

    public XLWorkbook Book { get; }

    public void Dispose()
    {
        Book.Dispose();
        Report.Dispose();
        folder.Dispose();
    }
}
