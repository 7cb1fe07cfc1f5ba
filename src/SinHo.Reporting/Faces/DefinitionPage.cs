using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using SinHo.Reporting.Catalog;
using SinHo.Reporting.Words;

namespace SinHo.Reporting.Faces;

/// <summary>What a figure means, in Vietnamese and Markdown: what counts, which dates, which setting, the rule behind it, and the query itself.</summary>
public static class DefinitionPage
{
    public static string Write(IndicatorSet set, Indicator indicator)
    {
        var page = new StringBuilder();
        page.Append(CultureInfo.InvariantCulture, $"""
            # {indicator.Caption}

            | | |
            |---|---|
            | Mã | `{indicator.Code}` |
            | Đơn vị tính | {indicator.CountedIn} |
            | Thời điểm | {indicator.When} |
            | Tham số | {(indicator.Settings.Count == 0 ? "không" : string.Join(", ", indicator.Settings.Select(name => $"`{name}`")))} |
            | Mỗi dòng được đếm là | {(indicator.Distinct.Count == 0 ? set.About : $"{set.About}; mỗi {Noun(set, indicator)} khác nhau đếm một lần")} |
            | Cộng các tổ chức cơ sở đảng bằng toàn đơn vị | {(indicator.Additive ? "có" : "không nhất thiết")} |
            | Nguồn | {set.Source} |
            | Căn cứ | {indicator.Basis} |

            {Readable(indicator.Meaning)}

            Cách tính ngắn gọn: {Readable(indicator.Rule)}.

            ## Câu truy vấn

            Số liệu là số dòng có `{indicator.Flag}` đúng; danh sách kèm theo là chính các dòng đó. Mã băm SHA-256 của câu truy vấn: `{Hash(set.Sql)}`.

            ```sql
            {set.Sql}
            ```

            """);
        return page.ToString();
    }

    /// <summary>Settings are named where a report prints their value.</summary>
    private static string Readable(string text) => text.Replace("{", "N (", StringComparison.Ordinal).Replace("}", ")", StringComparison.Ordinal);

    private static string Noun(IndicatorSet set, Indicator indicator) =>
        string.Join(", ", indicator.Distinct.Select(key => set.Columns[key].Caption.ToLower(CultureInfo.InvariantCulture)));

    private static string Hash(string sql) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(sql)))[..16];
}
