using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Validation;
using DocumentFormat.OpenXml.Wordprocessing;
using SinHo.Reporting.Faces;
using SinHo.Reporting.Faces.Papers;
using SinHo.Reporting.Figures;
using SinHo.Reporting.Tests.Reports;
using SinHo.Reporting.Tests.Support;
using SinHo.Reporting.Words;
using UglyToad.PdfPig;
using UglyToad.PdfPig.Outline;
using Xunit;

namespace SinHo.Reporting.Tests.Faces;

/// <summary>The PDF and the letter of a report, read back by programs that are not ours.</summary>
public sealed class PaperFacesTests(SampleReports reports) : IClassFixture<SampleReports>, IDisposable
{
    private readonly Report district = Usual(reports.District);
    private readonly Report commune = Usual(reports.PaTan);

    private static readonly Issue Signed = new("12-BC/BTCHU", new(2020, 7, 3), "Lò Văn Thử", "K/T TRƯỞNG BAN\nPHÓ TRƯỞNG BAN", "7K2F-9QXA-31TN-5") { Recipients = ["Tỉnh ủy Lai Châu,", "Lưu Ban Tổ chức Huyện ủy."] };

    private readonly TemporaryFolder folder = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_pdf_says_every_word_and_number_of_the_report_and_counts_its_pages()
    {
        var pages = PdfPages(district, null);

        var text = Bare(string.Concat(pages));
        foreach (var figure in district.Figures)
            Assert.Contains(Bare($"{figure.Caption}{figure.CountedIn}{Vietnamese.Number(figure.Value)}"), text, StringComparison.Ordinal);
        Assert.All(district.Narrative, paragraph => Assert.Contains(Bare($"{paragraph}"), text, StringComparison.Ordinal));
        Assert.All(district.Breakdown.Rows, part => Assert.Contains(Bare(part.Name), text, StringComparison.Ordinal));
        for (var page = 0; page < pages.Count; page++)
            Assert.Contains(Bare($"Trang {page + 1}/{pages.Count}"), Bare(pages[page]), StringComparison.Ordinal);
        Assert.Contains("ĐẢNGCỘNGSẢNVIỆTNAM", text, StringComparison.Ordinal);
        Assert.DoesNotContain("Độclập-Tựdo-Hạnhphúc", text, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void Fonts_are_embedded_and_headings_are_bookmarks()
    {
        var path = Pdf(commune, null);

        using var document = PdfDocument.Open(path);
        Assert.True(document.TryGetBookmarks(out var bookmarks));
        var marks = bookmarks.GetNodes().OfType<DocumentBookmarkNode>().Select(node => (node.Title, node.PageNumber)).ToList();
        Assert.Equal(("BÁO CÁO", 1), marks[0]);
        Assert.Contains(marks, mark => mark.Title == "II- SỐ LIỆU");
        Assert.Contains(marks, mark => mark.Title.StartsWith("Phụ lục 1. Số liệu theo ", StringComparison.Ordinal) && mark.PageNumber > 1);
        Assert.All(document.GetPages().SelectMany(page => page.Letters), letter => Assert.Contains("LiberationSerif", letter.FontName, StringComparison.Ordinal));
        var bytes = File.ReadAllBytes(path);
        Assert.Equal(3, Count(bytes, "/FontFile2"u8));
        Assert.Equal("term", PaperQuestion.Read(path)!.Report);
    }

    [Fact]
    public void A_letter_is_valid_and_each_of_its_numbers_says_which_it_is()
    {
        var path = Letter(district, null);

        using var document = WordprocessingDocument.Open(path, isEditable: false);
        Assert.Empty(new OpenXmlValidator(FileFormatVersions.Office2013).Validate(document, Cancel).Select(error => $"{error.Path?.XPath}: {error.Description}"));
        var body = document.MainDocumentPart!.Document.Body!;
        var numbers = body.Descendants<SdtRun>().Select(control => (Code: control.SdtProperties!.GetFirstChild<Tag>()!.Val!.Value!, Text: control.InnerText)).ToList();
        var values = district.Figures.ToDictionary(figure => figure.Code, figure => Vietnamese.Number(figure.Value), StringComparer.Ordinal);
        Assert.All(values.Keys, code => Assert.Contains(numbers, number => number.Code == code));
        Assert.All(numbers.Where(number => values.ContainsKey(number.Code)), number => Assert.Equal(values[number.Code], number.Text));
        Assert.All(body.Descendants<Table>().Where(table => table.GetFirstChild<TableProperties>()!.TableStyle is not null),
            table => Assert.NotNull(table.GetFirstChild<TableRow>()!.TableRowProperties!.GetFirstChild<TableHeader>()));
        Assert.Contains(body.Elements<DocumentFormat.OpenXml.Wordprocessing.Paragraph>(), words => words.ParagraphProperties?.ParagraphStyleId?.Val == "Heading1" && words.InnerText == "II- SỐ LIỆU");
        Assert.All(district.Narrative, paragraph => Assert.Contains($"{paragraph}", body.InnerText, StringComparison.Ordinal));
        Assert.Equal("SH", PaperQuestion.Read(path)!.Unit);
    }

    [Fact]
    public void Nobody_stands_in_papers_unless_lists_are_asked_for()
    {
        var people = commune.Figures.Single(figure => figure.Code == "members").Evidence.Rows().Select(row => Bare($"{row[1]}")).Distinct().ToList();
        var whole = commune with { Question = commune.Question with { Options = new() { Evidence = QuestionOptions.AllEvidence } } };

        var named = commune with { Checks = [.. commune.Checks, new("first_admission_unknown", "Ai cũng có lần kết nạp đầu tiên", false, "1 đảng viên: DV000999 Giàng Thử Tên") { WithoutPeople = "1 đảng viên" }] };
        Assert.DoesNotContain("GiàngThửTên", Bare(string.Concat(PdfPages(named, null)) + LetterText(named)), StringComparison.Ordinal);

        var (bare, listed) = (Bare(string.Concat(PdfPages(commune, null))), Bare(string.Concat(PdfPages(whole, null))));
        var (letter, lists) = (Bare(LetterText(commune)), Bare(LetterText(whole)));

        Assert.DoesNotContain(people, name => bare.Contains(name, StringComparison.Ordinal) || letter.Contains(name, StringComparison.Ordinal));
        Assert.All(people, name => Assert.True(listed.Contains(name, StringComparison.Ordinal) && lists.Contains(name, StringComparison.Ordinal), name));
        Assert.Contains("Danhsách1-trang1", listed, StringComparison.Ordinal);
        Assert.Empty(Faults(Letter(whole, null)));
    }

    [Fact]
    public void What_is_signed_carries_number_date_signer_and_code_in_every_format()
    {
        var (pages, letter, book) = (PdfPages(commune, Signed), LetterText(commune, Signed), folder.File("signed.xlsx"));
        WorkbookFace.Write(commune, book, progress: null, Cancel, Signed);

        Assert.All((string[])[Pdf(commune, Signed), Letter(commune, Signed), book], path => Assert.Equal(("7K2F-9QXA-31TN-5", "SH.X03"), (PaperQuestion.ReadCheckCode(path), PaperQuestion.Read(path)!.Unit)));
        Assert.Null(PaperQuestion.ReadCheckCode(Pdf(commune, null)));
        Assert.Empty(Faults(Letter(commune, Signed)));
        Assert.All(pages, page => Assert.Contains("7K2F-9QXA-31TN-5", page, StringComparison.Ordinal));
        foreach (var text in (string[])[Bare(string.Concat(pages)), Bare(letter)])
        {
            Assert.All((string[])["Số12-BC/BTCHU", "ngày03tháng7năm2020", "K/TTRƯỞNGBAN", "PHÓTRƯỞNGBAN", "LòVănThử", "-TỉnhủyLaiChâu,", "7K2F-9QXA-31TN-5"], part => Assert.Contains(part, text, StringComparison.Ordinal));
            Assert.DoesNotContain("Dựthảo", text, StringComparison.Ordinal);
        }
        using var workbook = new ClosedXML.Excel.XLWorkbook(book);
        Assert.Contains("7K2F-9QXA-31TN-5", workbook.Worksheet(1).PageSetup.Footer.Left.GetText(ClosedXML.Excel.XLHFOccurrence.OddPages), StringComparison.Ordinal);
        Assert.Contains(workbook.Worksheet(1).CellsUsed(), cell => cell.GetString().Contains("ngày 03 tháng 7 năm 2020", StringComparison.Ordinal));
        Assert.Contains(workbook.Worksheet(1).CellsUsed(), cell => cell.GetString() == "Lò Văn Thử");
        Assert.Contains(workbook.Worksheet(1).CellsUsed(), cell => cell.GetString().EndsWith("Số 12-BC/BTCHU", StringComparison.Ordinal));
        Assert.Contains("Dựthảo", Bare(string.Concat(PdfPages(commune, null))), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("form-1")]
    [InlineData("form-3")]
    [InlineData("form-4")]
    [InlineData("form-5")]
    [InlineData("monthly")]
    public async Task A_form_keeps_its_frame_and_its_cells(string name)
    {
        var period = name == "monthly" ? Period.Month(2019, 12) : Period.Year(2019);
        using var report = await new SinHo.Reporting.Reports.ReportBuilder(reports.Database, SampleReports.Definitions).BuildAsync(
            new(name, "SH.X03", period, new Dictionary<string, int>(StringComparer.Ordinal), WithEvidence: false), progress: null, Cancel);

        var (pdf, letter) = (Bare(string.Concat(PdfPages(report, null))), Bare(LetterText(report)));

        Assert.Empty(Faults(Letter(report, null)));
        Assert.Equal(report.Breakdown.Columns.Count > 0, pdf.Contains("Sốliệutheochibộ", StringComparison.Ordinal));
        // One page where it can be, the signatures on it.
        Assert.Equal(name == "form-1", PdfPages(report, null)[0].Contains(report.Letterhead.Compiler, StringComparison.Ordinal));
        foreach (var text in (string[])[pdf, letter])
        {
            Assert.Contains(Bare(report.Edition.Number), text, StringComparison.Ordinal);
            Assert.Equal(name != "monthly", text.Contains(Bare(report.Letterhead.Compiler), StringComparison.Ordinal));
            foreach (var row in report.Form!.Rows.Where(row => row.Printed && row.Cells.Count > 0))
            {
                var cells = row.Cells.Select(cell => cell.Kind == CellKind.Unknown ? "-" : cell.Value is { } value ? Vietnamese.Number(value, cell.Decimals) : "");
                Assert.Contains(Bare($"{row.Mark}{row.Caption}{string.Concat(cells)}"), text, StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public void The_fonts_are_known_by_hash() => Assert.Equal(3, PaperFonts.Hashes.Values.Distinct().Count(hash => hash.Length == 64));

    private static Report Usual(Report report) => report with { Question = report.Question with { Options = new() } };

    private static string Bare(string text) => string.Concat(text.Where(letter => !char.IsWhiteSpace(letter)));

    private static int Count(ReadOnlySpan<byte> bytes, ReadOnlySpan<byte> part)
    {
        var count = 0;
        for (int at; (at = bytes.IndexOf(part)) >= 0; bytes = bytes[(at + part.Length)..])
            count++;
        return count;
    }

    private static IEnumerable<string> Faults(string path)
    {
        using var document = WordprocessingDocument.Open(path, isEditable: false);
        return [.. new OpenXmlValidator(FileFormatVersions.Office2013).Validate(document, Cancel).Select(error => $"{error.Path?.XPath}: {error.Description}")];
    }

    private string Pdf(Report report, Issue? issue)
    {
        var path = folder.File($"{Guid.NewGuid():N}.pdf");
        PdfFace.Write(report, issue, path, Cancel);
        return path;
    }

    private List<string> PdfPages(Report report, Issue? issue)
    {
        using var document = PdfDocument.Open(Pdf(report, issue));
        return [.. document.GetPages().Select(page => page.Text)];
    }

    private string Letter(Report report, Issue? issue)
    {
        var path = folder.File($"{Guid.NewGuid():N}.docx");
        LetterFace.Write(report, issue, path, Cancel);
        return path;
    }

    private string LetterText(Report report, Issue? issue = null)
    {
        using var document = WordprocessingDocument.Open(Letter(report, issue), isEditable: false);
        return document.MainDocumentPart!.Document.Body!.InnerText + string.Concat(document.MainDocumentPart.FooterParts.Select(part => part.Footer.InnerText));
    }
}
