using System.Globalization;
using System.Text;

namespace SinHo.Reporting.Host.Web;

/// <summary>Finding Vietnamese text by what a hurried hand types: without marks, in any case.</summary>
public static class Words
{
    /// <summary>Whether every word typed occurs in the text.</summary>
    public static bool Contain(string text, string? typed)
    {
        if (string.IsNullOrWhiteSpace(typed))
            return true;
        var bare = Bare(text);
        return Bare(typed).Split(' ', StringSplitOptions.RemoveEmptyEntries).All(word => bare.Contains(word, StringComparison.Ordinal));
    }

    /// <summary>"Đảng bộ" is "dang bo".</summary>
    public static string Bare(string text)
    {
        var bare = new StringBuilder();
        foreach (var letter in text.Normalize(NormalizationForm.FormD))
        {
            if (CharUnicodeInfo.GetUnicodeCategory(letter) != UnicodeCategory.NonSpacingMark)
                bare.Append(letter is 'đ' or 'Đ' ? 'd' : char.ToLowerInvariant(letter));
        }
        return bare.ToString();
    }
}
