using System.IO.Compression;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Wordprocessing;
using SinHo.Reporting.Catalog;
using SinHo.Reporting.Faces.Papers;
using SinHo.Reporting.Figures;

namespace SinHo.Reporting.Faces.Templates;

/// <summary>
/// The letter of a report as the board writes it in Word: its own words, and content controls whose tags say what the program puts there. Head and signatures
/// are the letter's own too; a PDF has those of the program, and the words between them.
/// </summary>
public sealed class LetterTemplate
{
    private const long Largest = 8 << 20;

    /// <summary>Words that the program knows, by tag.</summary>
    internal static readonly IReadOnlyDictionary<string, string> TextTags = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["superior"] = "cấp trên và cấp ủy, mỗi tên một dòng",
        ["issuer"] = "cơ quan ban hành",
        ["number"] = "Số …-BC/…",
        ["place_date"] = "địa danh, ngày tháng năm",
        ["abstract"] = "trích yếu",
        ["period"] = "kỳ báo cáo",
        ["unit"] = "tên đơn vị",
        ["from"] = "ngày đầu kỳ",
        ["to"] = "ngày cuối kỳ",
        ["recipients"] = "nơi nhận",
        ["office"] = "quyền hạn, chức vụ người ký",
        ["signer"] = "họ tên người ký",
        ["compiler"] = "chức danh người lập",
    };

    /// <summary>What may stand between paragraphs, by tag.</summary>
    internal static readonly IReadOnlyDictionary<string, string> BlockTags = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["notices"] = "những điều người đọc cần biết",
        ["narrative"] = "lời văn của chương trình",
        ["table"] = "bảng số liệu",
        ["settings"] = "tham số đã dùng",
        ["guide"] = "hướng dẫn: không in",
    };

    /// <summary>Without these a letter is none that can be signed.</summary>
    private static readonly string[] Required = ["number", "place_date", "office", "signer", "table"];

    private static readonly HashSet<string> OfHead = new(["Title", "TrichYeu", "Giua"], StringComparer.Ordinal);

    private LetterTemplate(byte[] bytes) => Bytes = bytes;

    internal ReadOnlyMemory<byte> Bytes { get; }

    /// <summary>The figures that a letter may name: their codes, and "ROW.COLUMN" of a form.</summary>
    public static IReadOnlySet<string> CodesOf(Report report) => report.Groups.SelectMany(group => group.Figures).Select(figure => figure.Code)
        .Concat(report.Form is not { } form ? [] : form.Rows.Where(row => row.Cells.Count > 0).SelectMany(row => form.Columns.Select(column => $"{row.Code}.{column.Code}"))).ToHashSet(StringComparer.Ordinal);

    /// <inheritdoc cref="CodesOf(Report)"/>
    public static IReadOnlySet<string> CodesOf(ReportDefinition report) => report.Groups.Where(group => !group.Yearly).SelectMany(group => group.Lines).Select(line => line.Figure)
        .Concat(report.Form is not { } form ? [] : form.Rows.Where(row => row.HasValues).SelectMany(row => form.Columns.Select(column => $"{row.Code}.{column.Code}"))).ToHashSet(StringComparer.Ordinal);

    /// <param name="path">A .docx file; it is not kept open.</param>
    /// <param name="codes">The figures of the report.</param>
    /// <exception cref="TemplateRefusedException">It is no plain letter, a tag is missing or unknown; all reasons at once.</exception>
    public static LetterTemplate Read(string path, IReadOnlySet<string> codes)
    {
        var bytes = Bounded(path);
        try
        {
            using var package = new MemoryStream(bytes, writable: false);
            using var document = WordprocessingDocument.Open(package, isEditable: false);
            var faults = Faults(document, codes).ToList();
            return faults.Count == 0 ? new(bytes) : throw new TemplateRefusedException(path, faults);
        }
        catch (Exception unreadable) when (unreadable is not (TemplateRefusedException or OutOfMemoryException))
        {
            throw new TemplateRefusedException(path, ["Không đọc được như văn bản Word (.docx); hãy mở bằng Word, lưu lại rồi thực hiện lại, hoặc bắt đầu lại từ mẫu gốc (sinho report-template)."]);
        }
    }

    /// <summary>The words between head and signatures, as any paper prints them.</summary>
    internal IEnumerable<PaperBlock> Words(FilledLetter letter)
    {
        using var package = new MemoryStream(Bytes.ToArray(), writable: false);
        using var document = WordprocessingDocument.Open(package, isEditable: false);
        var blocks = new List<PaperBlock>();
        var elements = document.MainDocumentPart!.Document.Body!.ChildElements.ToList();
        var head = elements.FindLastIndex(element => element is DocumentFormat.OpenXml.Wordprocessing.Paragraph && element.Descendants<SdtElement>().Any(control => TagOf(control) is "number" or "place_date" or "abstract"));
        var foot = elements.FindIndex(element => element is Table && element.Descendants<SdtElement>().Any(control => TagOf(control) == "signer"));
        foreach (var element in elements[(head + 1)..(foot < 0 ? elements.Count : foot)])
        {
            switch (element)
            {
                case DocumentFormat.OpenXml.Wordprocessing.Paragraph paragraph when Block(paragraph, letter) is { } words:
                    blocks.Add(words);
                    break;
                case SdtBlock control when TagOf(control) is { } tag:
                    if (letter.Blocks.TryGetValue(tag, out var known))
                        blocks.AddRange(known);
                    else if (letter.Texts.TryGetValue(tag, out var text) && text.Length > 0)
                        blocks.Add(new PaperWords(text, WordsLook.Body));
                    break;
            }
        }
        return blocks;
    }

    private static byte[] Bounded(string path)
    {
        var length = new FileInfo(path).Length;
        if (length > Largest)
            throw new TemplateRefusedException(path, [$"Tệp lớn {length >> 20} MB; mẫu văn bản không quá {Largest >> 20} MB."]);
        var bytes = File.ReadAllBytes(path);
        try
        {
            using var package = new ZipArchive(new MemoryStream(bytes, writable: false));
            if (package.Entries.Sum(entry => entry.Length) > Largest * 4)
                throw new TemplateRefusedException(path, [$"Nội dung giải nén lớn hơn {Largest * 4 >> 20} MB."]);
        }
        catch (InvalidDataException)
        {
            throw new TemplateRefusedException(path, ["Không phải tệp .docx."]);
        }
        return bytes;
    }

    private static IEnumerable<string> Faults(WordprocessingDocument document, IReadOnlySet<string> codes)
    {
        var main = document.MainDocumentPart ?? throw new InvalidDataException("No document.");
        var body = main.Document.Body ?? throw new InvalidDataException("No body.");
        var parts = document.GetAllParts().ToList();
        if (main.VbaProjectPart is not null)
            yield return "Mẫu có macro; hãy lưu thành .docx không có macro.";
        if (parts.Any(part => part.ExternalRelationships.Any()) || parts.SelectMany(part => part.HyperlinkRelationships).Any(link => link.IsExternal))
            yield return "Mẫu liên kết tới tệp hoặc trang khác; hãy bỏ các liên kết.";
        if (body.Descendants<Drawing>().Any() || body.Descendants<Picture>().Any() || body.Descendants<EmbeddedObject>().Any() || body.Descendants<AltChunk>().Any())
            yield return "Mẫu có hình ảnh hoặc đối tượng nhúng; bản PDF không in được chúng, hãy xóa.";
        if (body.Descendants<FootnoteReference>().Any() || body.Descendants<EndnoteReference>().Any())
            yield return "Mẫu có chú thích cuối trang; bản PDF không in được, hãy đưa vào lời văn.";
        if (body.Elements<DocumentFormat.OpenXml.Wordprocessing.Paragraph>().FirstOrDefault(paragraph => paragraph.ParagraphProperties?.NumberingProperties is not null) is { } numbered)
            yield return $"Đoạn “{Short(numbered.InnerText)}” đánh số tự động, bản PDF không có số đó; hãy gõ số thay cho đánh số tự động.";
        foreach (var table in body.Elements<Table>().Where(table => !table.Descendants<SdtElement>().Any(control => TagOf(control) is { } tag && TextTags.ContainsKey(tag))))
            yield return $"Bảng “{Short(table.InnerText)}” không có ô nào của chương trình, bản PDF không in được; hãy viết thành lời.";
        var tags = body.Descendants<SdtElement>().Select(control => (Control: control, Tag: TagOf(control))).ToList();
        foreach (var (control, _) in tags.Where(one => one.Tag is null))
            yield return $"Ô điều khiển “{Short(control.InnerText)}” không có thẻ (Properties → Tag).";
        foreach (var (_, tag) in tags.Where(one => one.Tag is { } tag && !TextTags.ContainsKey(tag) && !BlockTags.ContainsKey(tag) && !codes.Contains(tag)))
            yield return $"Không có thẻ “{tag}”; các thẻ: {string.Join(", ", TextTags.Keys.Concat(BlockTags.Keys))}, hoặc mã số liệu của báo cáo{(SinHo.Reporting.Words.NearestWord.To(tag!, codes) is { } near ? $" (có phải “{near}”?)" : "")}.";
        foreach (var (_, tag) in tags.Where(one => one.Tag is { } tag && BlockTags.ContainsKey(tag) && one.Control is not SdtBlock { Parent: Body }))
            yield return $"Thẻ “{tag}” phải đứng thành đoạn riêng, không ở giữa dòng hoặc trong bảng.";
        foreach (var missing in Required.Except(tags.Select(one => one.Tag)))
            yield return $"Thiếu thẻ “{missing}” ({(TextTags.TryGetValue(missing!, out var meaning) ? meaning : BlockTags[missing!])}).";
    }

    private static string? TagOf(SdtElement control) => control.SdtProperties?.GetFirstChild<Tag>()?.Val?.Value;

    private static string Short(string text) => text.Length > 40 ? $"{text[..40]}…" : text;

    /// <summary>Null for what is of the head, or says nothing.</summary>
    private static PaperBlock? Block(DocumentFormat.OpenXml.Wordprocessing.Paragraph paragraph, FilledLetter letter)
    {
        var style = paragraph.ParagraphProperties?.ParagraphStyleId?.Val?.Value ?? "";
        if (OfHead.Contains(style))
            return null;
        var pieces = Pieces(paragraph, letter).Where(piece => piece.Text.Length > 0).ToList();
        if (string.IsNullOrWhiteSpace(string.Concat(pieces.Select(piece => piece.Text))))
            return null;
        return style switch
        {
            "Heading1" or "Heading2" => new PaperHeading(string.Concat(pieces.Select(piece => piece.Text)).Trim(), style[^1] - '0'),
            "GhiChu" => new PaperWords(pieces, WordsLook.Note),
            "CanhBao" => new PaperWords(pieces, WordsLook.Alarm),
            _ => new PaperWords(pieces, WordsLook.Body),
        };
    }

    private static IEnumerable<TextPiece> Pieces(OpenXmlElement parent, FilledLetter letter)
    {
        foreach (var element in parent.ChildElements)
        {
            if (element is SdtRun control)
            {
                var tag = TagOf(control) ?? "";
                yield return new(letter.Texts.GetValueOrDefault(tag, ""), TextTags.ContainsKey(tag) ? null : tag);
            }
            else if (element is Text text)
                yield return new(text.Text, null);
            else if (element is TabChar)
                yield return new(" ", null);
            else if (element is Break)
                yield return new("\n", null);
            else
            {
                foreach (var piece in Pieces(element, letter))
                    yield return piece;
            }
        }
    }
}
