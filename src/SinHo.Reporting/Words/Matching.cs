using System.Globalization;
using System.Text;

namespace SinHo.Reporting.Words;

/// <summary>How texts typed by hand are compared. Source: docs/spec/exchange-workbook.md, general rules.</summary>
public static class Matching
{
    /// <summary>
    /// The text as it is stored: NFC, trimmed, inner white space collapsed to one space. Invisible characters (controls, zero-width,
    /// halves of surrogate pairs) are dropped: nobody can see them in a cell, and PostgreSQL refuses some. The tone mark stays where it was typed.
    /// </summary>
    public static string Clean(string text) => IsPlainAscii(text) ? text : Collapse(text).Normalize(NormalizationForm.FormC);

    /// <summary>
    /// Two texts match when their keys are equal: <see cref="Clean"/>, lower case, and the tone mark moved to the end of its syllable,
    /// so that uỷ = ủy and xoá = xóa. Marks of the letter itself (ă, â, ê, ô, ơ, ư, đ) stay, and no two syllables that differ in
    /// more than the place of the tone mark share a key.
    /// </summary>
    public static string Key(string text)
    {
        var clean = Clean(text).ToLowerInvariant();
        if (Ascii.IsValid(clean))
            return clean;
        var key = new StringBuilder(clean.Length + 8);
        char? tone = null;
        foreach (var letter in clean.Normalize(NormalizationForm.FormD))
        {
            if (!IsTone(letter) && IsPartOfSyllable(letter))
            {
                key.Append(letter);
                continue;
            }
            key.Append(tone);
            tone = IsTone(letter) ? letter : null;
            if (tone is null)
                key.Append(letter);
        }
        return key.Append(tone).ToString();
    }

    /// <summary>A name without any marks, in lower case, đ as d: what a name looks like on a system that cannot write Vietnamese.</summary>
    public static string Bare(string name)
    {
        var bare = new StringBuilder(name.Length);
        foreach (var letter in Clean(name).Normalize(NormalizationForm.FormD))
        {
            if (CharUnicodeInfo.GetUnicodeCategory(letter) != UnicodeCategory.NonSpacingMark)
                bare.Append(char.ToLowerInvariant(letter) is 'đ' ? 'd' : char.ToLowerInvariant(letter));
        }
        return bare.ToString();
    }

    /// <summary>Most cells are codes and plain words; they need no work.</summary>
    private static bool IsPlainAscii(string text)
    {
        var spaceBefore = true;
        foreach (var letter in text)
        {
            if (letter is < ' ' or > '~' || (letter == ' ' && spaceBefore))
                return false;
            spaceBefore = letter == ' ';
        }
        return text.Length == 0 || !spaceBefore;
    }

    private static string Collapse(string text)
    {
        var clean = new StringBuilder(text.Length);
        var spaceDue = false;
        foreach (var rune in text.EnumerateRunes())
        {
            if (Rune.IsWhiteSpace(rune))
            {
                spaceDue = clean.Length > 0;
                continue;
            }
            if (IsInvisible(rune))
                continue;
            if (spaceDue)
                clean.Append(' ');
            spaceDue = false;
            clean.Append(rune.ToString());
        }
        return clean.ToString();
    }

    /// <summary>EnumerateRunes turns half a surrogate pair into U+FFFD.</summary>
    private static bool IsInvisible(Rune rune) =>
        rune == Rune.ReplacementChar || Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format;

    private static bool IsTone(char letter) => letter is '\u0300' or '\u0301' or '\u0303' or '\u0309' or '\u0323';

    private static bool IsPartOfSyllable(char letter) =>
        char.IsLetter(letter) || CharUnicodeInfo.GetUnicodeCategory(letter) == UnicodeCategory.NonSpacingMark;
}
