using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Wordprocessing;
using SinHo.Reporting.Faces.Papers;

namespace SinHo.Reporting.Faces.Templates;

/// <summary>A letter to begin with: the layout of the program, every tag in its place, and at the end, in a part that is never printed, all figures to be copied.</summary>
public static class LetterStarter
{
    private static readonly string[] OfWords = ["unit", "period", "from", "to", "compiler"];

    /// <param name="figures">Code and caption of each.</param>
    /// <exception cref="IOException">The file cannot be written; a former one is left as it was.</exception>
    public static void Write(IEnumerable<(string Code, string Caption)> figures, string path) => WrittenFile.Save(path, file => LetterPrinter.WriteStarter(Body(figures), file));

    private static IEnumerable<OpenXmlElement> Body(IEnumerable<(string Code, string Caption)> figures)
    {
        var id = 0;
        yield return LetterPrinter.Unruled([4000, 5000],
            [Line("Giua", Control("superior")), Line("Giua", Control("issuer", bold: true)), Line("Giua", Plain("*")), Line("Giua", Control("number"))],
            [Line("Giua", Plain("ĐẢNG CỘNG SẢN VIỆT NAM", bold: true, underline: true)), Line("Giua"), Line("Giua"), Line("Giua", Control("place_date", italic: true))]);
        yield return Line("Title", Plain("BÁO CÁO"));
        yield return Line("TrichYeu", Control("abstract"));
        yield return Line("TrichYeu", Control("period"));
        yield return Line("TrichYeu");
        yield return Block("notices");
        yield return Line("Heading1", Plain("I- TÌNH HÌNH, KẾT QUẢ"));
        yield return Block("narrative");
        yield return Line("Heading1", Plain("II- SỐ LIỆU"));
        yield return Block("table");
        yield return Block("settings");
        yield return LetterPrinter.Unruled([4000, 5000],
            [Line("NoiNhan", Plain("Nơi nhận:", underline: true)), Line("NoiNhan", Control("recipients"))],
            [Line("Giua", Control("office", bold: true)), Line("Giua"), Line("Giua"), Line("Giua"), Line("Giua", Control("signer", bold: true))]);
        yield return new SdtBlock(
            Properties("guide"),
            new SdtContentBlock([
                Line("Heading2", Plain("Hướng dẫn (phần này không in)")),
                Line("GhiChu", Plain("Sửa chữ tùy ý; mỗi ô điều khiển là chỗ chương trình ghi vào. Để đưa một số liệu vào lời văn, chép ô của nó dưới đây vào chỗ cần. Đơn vị, kỳ cũng vậy:")),
                .. OfWords.Select(tag => Line("GhiChu", Plain($"{LetterTemplate.TextTags[tag]}: "), Control(tag))),
                .. figures.Select(figure => Line("GhiChu", Plain($"{figure.Caption}: "), Control(figure.Code))),
            ]));

        SdtProperties Properties(string tag) => new(new SdtAlias { Val = tag }, new Tag { Val = tag }, new SdtId { Val = ++id });

        SdtRun Control(string tag, bool bold = false, bool italic = false) => new(Properties(tag), new SdtContentRun(Plain($"[{tag}]", bold, italic)));

        SdtBlock Block(string tag) => new(Properties(tag), new SdtContentBlock(Line("GhiChu", Plain($"[{tag}: {LetterTemplate.BlockTags[tag]}]"))));
    }

    private static Paragraph Line(string style, params OpenXmlElement[] content) => new([new ParagraphProperties(new ParagraphStyleId { Val = style }), .. content]);

    private static Run Plain(string text, bool bold = false, bool italic = false, bool underline = false) => LetterPrinter.Run(text, bold, italic, underline);
}
