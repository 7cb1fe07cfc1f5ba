using System.Text.RegularExpressions;
using SinHo.Reporting.Words;

namespace SinHo.Reporting.Faces.Templates;

/// <summary>A word that a template may hold in double braces.</summary>
/// <param name="Name">As written in the template: {{unit}}.</param>
/// <param name="Says">What stands in its place, for the board.</param>
/// <param name="IsRequired">Whether a printed page could be misread without it.</param>
public sealed record TemplateTag(string Name, string Says, bool IsRequired);

/// <summary>
/// The closed vocabulary of a template. There are no expressions: a tag is a word of this list or the code of a column, and its value comes from the report.
/// {{unit}} gives the value as it is, {{Unit}} with a capital first letter, {{UNIT}} in capitals.
/// </summary>
public static partial class TemplateTags
{
    public const string Mark = "mark";
    public const string Caption = "caption";
    public const string Notices = "notices";

    /// <summary>Before the code of a column: its head, as defined. {{head_year}} may be "Từ 01/01/2019 đến 31/03/2019".</summary>
    public const string Head = "head_";

    /// <summary>Tags of the page: above and beneath the table.</summary>
    public static IReadOnlyList<TemplateTag> Page { get; } =
    [
        new("superior", "Cơ quan cấp trên, dòng 1 bên trái", IsRequired: false),
        new("issuer", "Cơ quan lập biểu, dòng 2 bên trái", IsRequired: false),
        new("place_date", "Dòng địa danh, ngày tháng năm (ngày để trống cho người ký ghi)", IsRequired: false),
        new("title", "Tên báo cáo, in hoa", IsRequired: false),
        new("unit", "Đơn vị báo cáo", IsRequired: true),
        new("period", "Kỳ báo cáo: năm 2019, quý 3 năm 2019, nhiệm kỳ 2015-2020…", IsRequired: true),
        new("from", "Ngày đầu kỳ", IsRequired: false),
        new("to", "Ngày cuối kỳ", IsRequired: false),
        new("form_number", "Số hiệu biểu: Biểu số 1-BTCTW", IsRequired: false),
        new("basis", "Văn bản ban hành biểu", IsRequired: false),
        new("counted_in", "Đơn vị tính của cả biểu: Người", IsRequired: false),
        new("deadline", "Dòng thời hạn gửi biểu", IsRequired: false),
        new(Notices, "Điều người đọc phải biết: phép kiểm tra không đạt (chữ đỏ), số liệu không có căn cứ so sánh…; không có thì hàng này được ẩn", IsRequired: true),
        new("guide", "Cách tra số liệu: danh sách nếu sổ có kèm, và định nghĩa", IsRequired: false),
        new("compiler", "Chức danh người lập biểu", IsRequired: false),
        new("signer", "Chức danh người ký", IsRequired: false),
    ];

    /// <summary>Tags of the rows of the table, beside the codes of its columns.</summary>
    public static IReadOnlyList<TemplateTag> Row { get; } =
    [
        new(Mark, "Ký hiệu của dòng: A, 1, a, -, +", IsRequired: false),
        new(Caption, "Tên chỉ tiêu của dòng", IsRequired: true),
        new("counted_in", "Đơn vị tính của dòng: người, lượt, chi bộ", IsRequired: false),
        new("when", "Ngày hoặc kỳ của số liệu trong dòng", IsRequired: false),
        new("rule", "Cách tính của dòng", IsRequired: false),
    ];

    [GeneratedRegex(@"\{\{(?<tag>(?:(?<half>[1-9])\.)?(?<name>\p{L}[\p{L}\p{N}_]*))\}\}", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    internal static partial Regex Pattern();

    /// <summary>The text with every tag replaced; a tag without a value stays as it is.</summary>
    internal static string Fill(string text, Func<string, string?> value) =>
        Pattern().Replace(text, match => value(match.Groups["name"].Value) ?? match.Value);

    /// <summary>The value of a tag in the letters in which the tag is written.</summary>
    internal static string? Written(string name, IReadOnlyDictionary<string, string> values)
    {
        if (values.TryGetValue(name, out var value))
            return value;
        if (!values.TryGetValue(name.ToLowerInvariant(), out value))
            return null;
        return name.Any(char.IsLower) ? Vietnamese.Sentence(value) : Vietnamese.Capitals(value);
    }
}
