using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Validation;
using DocumentFormat.OpenXml.Wordprocessing;
using SinHo.Reporting.Faces;
using SinHo.Reporting.Faces.Templates;
using SinHo.Reporting.Figures;
using SinHo.Reporting.Tests.Reports;
using SinHo.Reporting.Tests.Support;
using SinHo.Reporting.Words;
using UglyToad.PdfPig;
using Xunit;
using Paragraph = DocumentFormat.OpenXml.Wordprocessing.Paragraph;
using WordRun = DocumentFormat.OpenXml.Wordprocessing.Run;

namespace SinHo.Reporting.Tests.Templates;

/// <summary>A letter that a board writes in Word: its words, the program's numbers.</summary>
public sealed class LetterTemplateTests(SampleReports reports) : IClassFixture<SampleReports>, IDisposable
{
    private static readonly Issue Signed = new("12-BC/BTCHU", new(2020, 7, 3), "Lò Văn Thử", "K/T TRƯỞNG BAN\nPHÓ TRƯỞNG BAN", "7K2F-9QXA-31TN-5");

    private readonly Report report = reports.District with { Question = reports.District.Question with { Options = new() } };
    private readonly TemporaryFolder folder = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => folder.Dispose();

    [Fact]
    public void The_letter_to_begin_with_is_valid_for_every_report_and_accepted()
    {
        foreach (var definition in SampleReports.Definitions.Reports)
        {
            var (path, codes) = (folder.File($"{definition.Name}-{definition.Edition.Printed.Code}.docx"), LetterTemplate.CodesOf(definition));
            LetterStarter.Write(codes.Select(code => (code, code)), path);

            Assert.Empty(Faults(path));
            _ = LetterTemplate.Read(path, codes);
        }
    }

    [Fact]
    public void The_boards_words_stand_in_letter_and_pdf_with_the_numbers_of_the_report()
    {
        var path = Starter(body => After(body, "I- TÌNH HÌNH, KẾT QUẢ",
            new Paragraph(new WordRun(new Text("Ban Tổ chức ") { Space = SpaceProcessingModeValues.Preserve }), Control("unit"), new WordRun(new Text(" báo cáo: có ") { Space = SpaceProcessingModeValues.Preserve }), Control("members"), new WordRun(new Text(" đảng viên.")))));
        var own = report with { Letter = path };
        var (letter, again, pdf) = (folder.File("a.docx"), folder.File("b.docx"), folder.File("a.pdf"));

        LetterFace.Write(own, Signed, letter, Cancel);
        LetterFace.Write(own, Signed, again, Cancel);
        PdfFace.Write(own, Signed, pdf, Cancel);

        Assert.Equal(File.ReadAllBytes(letter), File.ReadAllBytes(again));
        Assert.Empty(Faults(letter));
        Assert.Equal(("7K2F-9QXA-31TN-5", "SH"), (PaperQuestion.ReadCheckCode(letter), PaperQuestion.Read(letter)!.Unit));
        var sentence = $"Ban Tổ chức {report.Unit.Name} báo cáo: có {Vietnamese.Number(report.Figures.Single(figure => figure.Code == "members").Value)} đảng viên.";
        foreach (var text in (string[])[Bare(Text(letter)), Bare(PdfText(pdf))])
        {
            Assert.All((string[])[sentence, "Số 12-BC/BTCHU", "ngày 03 tháng 7 năm 2020", "PHÓ TRƯỞNG BAN", "Lò Văn Thử", "7K2F-9QXA-31TN-5", $"{report.Narrative[0]}", "Phụ lục 1. Số liệu theo", report.Breakdown.Rows[^1].Name],
                part => Assert.Contains(Bare(part), text, StringComparison.Ordinal));
            Assert.All((string[])["Hướng dẫn", "[members]", "[table"], part => Assert.DoesNotContain(Bare(part), text, StringComparison.Ordinal));
        }
        Assert.Equal(1, Bare(PdfText(pdf)).Split("BÁOCÁO").Length - 1);
    }

    [Theory]
    [InlineData("member", "Không có thẻ “member”", "có phải “members”?")]
    [InlineData("rated_good", "Không có thẻ “rated_good”", "hoặc mã số liệu của báo cáo")]
    [InlineData("", "không có thẻ (Properties → Tag)", "")]
    [InlineData("table", "Thẻ “table” phải đứng thành đoạn riêng", "")]
    public void A_tag_that_means_nothing_is_told_with_the_nearest(string tag, string says, string also)
    {
        var refused = Refused(Starter(body => body.PrependChild(new Paragraph(Control(tag)))));

        Assert.Contains(says, refused.Message, StringComparison.Ordinal);
        Assert.Contains(also, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_a_pdf_cannot_print_and_what_is_missing_is_told_at_once()
    {
        var refused = Refused(Starter(body =>
        {
            body.PrependChild(new Paragraph(new ParagraphProperties(new NumberingProperties(new NumberingLevelReference { Val = 0 }, new NumberingId { Val = 1 })), new WordRun(new Text("Một là"))));
            body.PrependChild(new Table(new TableProperties(), new TableGrid(new GridColumn()), new TableRow(new TableCell(new Paragraph(new WordRun(new Text("Bảng tự kẻ")))))));
            foreach (var control in body.Descendants<SdtElement>().Where(control => control.SdtProperties!.GetFirstChild<Tag>()!.Val == "signer").ToList())
                control.Remove();
        }));

        Assert.Equal(3, refused.Faults.Count);
        Assert.All((string[])["“Một là” đánh số tự động", "“Bảng tự kẻ”", "Thiếu thẻ “signer” (họ tên người ký)"], says => Assert.Contains(says, refused.Message, StringComparison.Ordinal));
    }

    [Fact]
    public void A_letter_with_links_or_macros_or_none_at_all_is_refused()
    {
        var linked = Starter(_ => { });
        using (var document = WordprocessingDocument.Open(linked, isEditable: true))
            document.MainDocumentPart!.AddHyperlinkRelationship(new Uri("https://example.vn/"), isExternal: true);
        var macro = Starter(_ => { });
        using (var document = WordprocessingDocument.Open(macro, isEditable: true))
            document.MainDocumentPart!.AddNewPart<VbaProjectPart>("vba").FeedData(new MemoryStream([1, 2, 3]));
        var nothing = folder.File("nothing.docx");
        File.WriteAllText(nothing, "Không phải văn bản");

        Assert.Contains("liên kết tới tệp hoặc trang khác", Refused(linked).Message, StringComparison.Ordinal);
        Assert.Contains("macro", Refused(macro).Message, StringComparison.Ordinal);
        Assert.Contains("Không phải tệp .docx", Refused(nothing).Message, StringComparison.Ordinal);
    }

    private static SdtRun Control(string tag) => new(
        tag.Length == 0 ? new SdtProperties(new SdtId { Val = 9001 }) : new SdtProperties(new SdtAlias { Val = tag }, new Tag { Val = tag }, new SdtId { Val = 9001 + tag.Length }),
        new SdtContentRun(new WordRun(new Text("[…]"))));

    private static void After(Body body, string heading, Paragraph paragraph) =>
        body.Elements<Paragraph>().Single(one => one.InnerText == heading).InsertAfterSelf(paragraph);

    private static string Bare(string text) => string.Concat(text.Where(letter => !char.IsWhiteSpace(letter)));

    private static List<string> Faults(string path)
    {
        using var document = WordprocessingDocument.Open(path, isEditable: false);
        return [.. new OpenXmlValidator(FileFormatVersions.Office2013).Validate(document, Cancel).Select(error => $"{error.Path?.XPath}: {error.Description}")];
    }

    private static string Text(string path)
    {
        using var document = WordprocessingDocument.Open(path, isEditable: false);
        return document.MainDocumentPart!.Document.Body!.InnerText + string.Concat(document.MainDocumentPart.FooterParts.Select(part => part.Footer.InnerText));
    }

    private static string PdfText(string path)
    {
        using var document = PdfDocument.Open(path);
        return string.Concat(document.GetPages().Select(page => page.Text));
    }

    private TemplateRefusedException Refused(string path) => Assert.Throws<TemplateRefusedException>(() => LetterTemplate.Read(path, LetterTemplate.CodesOf(report)));

    private string Starter(Action<Body> edit)
    {
        var path = folder.File($"{Guid.NewGuid():N}.docx");
        LetterStarter.Write(LetterTemplate.CodesOf(SampleReports.Definitions.Reports.Single(one => one.Name == "term")).Select(code => (code, code)), path);
        using var document = WordprocessingDocument.Open(path, isEditable: true);
        edit(document.MainDocumentPart!.Document.Body!);
        return path;
    }
}
