using System.Globalization;
using System.Text;

namespace SinHo.Reporting.Faces;

/// <summary>
/// How much room a text in Times New Roman takes. ClosedXML 0.95.4 cannot measure without a drawing library of the system,
/// and merged cells never grow by themselves, neither in Excel nor in LibreOffice.
/// </summary>
internal static class Lettering
{
    /// <summary>Points of one unit of column width: a digit of the book's default font, Times New Roman 12.</summary>
    public const double PointsPerChar = 6;

    // Padding of a cell, and the doubt of an estimate: better one line too high than one cut off.
    private const double CellPadding = 5;
    private const double Doubt = 1.04;
    private const double BoldFactor = 1.07;
    private const double LineFactor = 1.3;

    // Advance widths of Times Roman in 1/1000 em, for the characters from space to tilde.
    private static readonly short[] Widths =
    [
        250, 333, 408, 500, 500, 833, 778, 180, 333, 333, 500, 564, 250, 333, 250, 278,
        500, 500, 500, 500, 500, 500, 500, 500, 500, 500, 278, 278, 564, 564, 564, 444,
        921, 722, 667, 667, 722, 611, 556, 722, 722, 333, 389, 722, 611, 889, 722, 722,
        556, 722, 667, 556, 611, 722, 722, 944, 722, 722, 611, 333, 278, 333, 469, 500,
        333, 444, 500, 444, 500, 444, 333, 500, 500, 278, 278, 500, 278, 778, 500, 500,
        500, 500, 333, 389, 278, 500, 500, 722, 500, 500, 444, 480, 200, 480, 541,
    ];

    /// <summary>Width in points of a text on one line.</summary>
    public static double Width(string text, double size, bool bold = false)
    {
        var thousandths = 0;
        foreach (var c in Decomposed(text))
        {
            // Tone marks stand above their letter; the horn of ơ and ư makes it a little wider.
            if (c == '\u031B')
                thousandths += 60;
            else if (CharUnicodeInfo.GetUnicodeCategory(c) != UnicodeCategory.NonSpacingMark)
                thousandths += c is >= ' ' and <= '~' ? Widths[c - ' '] : c is 'đ' ? 500 : c is 'Đ' ? 722 : 1000;
        }

        return thousandths / 1000d * size * (bold ? BoldFactor : 1);
    }

    /// <summary>Letters and their marks apart; a lone half of a character pair cannot be taken apart and is measured as it is.</summary>
    private static string Decomposed(string text)
    {
        try
        {
            return text.Normalize(NormalizationForm.FormD);
        }
        catch (ArgumentException)
        {
            return text;
        }
    }

    /// <summary>Whether a text is so short that nobody need measure it.</summary>
    public static bool IsOneLine(string text, double columnWidth, double size) =>
        text.Length * size < columnWidth * PointsPerChar - CellPadding && !text.Contains('\n', StringComparison.Ordinal);

    /// <summary>Height in points of a text that is wrapped into a cell of so many units of column width.</summary>
    public static double Height(string text, double columnWidth, double size, bool bold = false)
    {
        var room = columnWidth * PointsPerChar - CellPadding;
        var lines = text.Split('\n').Sum(line => Lines(line, room, size, bold));
        return Math.Ceiling(lines * size * LineFactor + 3);
    }

    private static int Lines(string text, double room, double size, bool bold)
    {
        var lines = 1;
        if (text.Length * size < room)
            return lines;
        var used = 0d;
        foreach (var word in text.Split(' '))
        {
            var width = Width(word + " ", size, bold) * Doubt;
            if (used > 0 && used + width > room)
            {
                lines++;
                used = 0;
            }

            lines += (int)(width / room);
            used += width % room;
        }

        return lines;
    }
}
