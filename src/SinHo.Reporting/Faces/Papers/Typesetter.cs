using System.Text;
using SkiaSharp;

namespace SinHo.Reporting.Faces.Papers;

/// <summary>How letters look.</summary>
internal readonly record struct Lettered(double Size, bool Bold = false, bool Italic = false);

/// <summary>Measures words, breaks them into lines, and draws lines with their spaces, so that what is read back is what was written.</summary>
internal sealed class Typesetter : IDisposable
{
    private readonly Dictionary<Lettered, SKFont> fonts = [];
    private readonly Dictionary<(Lettered Look, string Word), float> widths = [];
    private readonly SKPaint black = new() { Color = SKColors.Black, IsAntialias = true };
    private readonly SKPaint red = new() { Color = new(0xC0, 0x00, 0x00), IsAntialias = true };

    public void Dispose()
    {
        foreach (var font in fonts.Values)
            font.Dispose();
        black.Dispose();
        red.Dispose();
    }

    public static double Leading(Lettered look) => look.Size * 1.2;

    public double Width(string text, Lettered look)
    {
        var key = (look, text);
        if (!widths.TryGetValue(key, out var width))
            widths[key] = width = Font(look).MeasureText(text);
        return width;
    }

    /// <summary>Lines no wider than there is room; a word that is wider is torn.</summary>
    /// <param name="first">By how much the first line begins later.</param>
    public List<string> Lines(string text, Lettered look, double room, double first = 0)
    {
        var lines = new List<string>();
        foreach (var paragraph in text.Normalize(NormalizationForm.FormC).Split('\n'))
        {
            var (line, used) = (new StringBuilder(), 0d);
            var left = room - (lines.Count == 0 ? first : 0);
            foreach (var word in paragraph.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            {
                foreach (var part in Parts(word, look, room))
                {
                    var width = Width(part, look);
                    if (line.Length > 0 && used + Width(" ", look) + width > left)
                    {
                        lines.Add(line.ToString());
                        line.Clear();
                        left = room;
                        used = 0;
                    }
                    if (line.Length > 0)
                    {
                        line.Append(' ');
                        used += Width(" ", look);
                    }
                    line.Append(part);
                    used += width;
                }
            }
            lines.Add(line.ToString());
        }
        return lines;
    }

    /// <param name="room">Set to stretch the spaces until the line is so wide.</param>
    public void Draw(SKCanvas canvas, string text, Lettered look, double x, double baseline, double? room = null, bool alarm = false)
    {
        if (text.Length == 0)
            return;
        var font = Font(look);
        var glyphs = font.GetGlyphs(text);
        var offsets = font.GetGlyphOffsets(text, (float)x);
        if (room is { } wanted && text.AsSpan().Count(' ') is > 0 and var spaces)
        {
            var (more, added, at) = ((float)((wanted - Width(text, look)) / spaces), 0f, 0);
            foreach (var rune in text.EnumerateRunes())
            {
                offsets[at++] += added;
                if (rune.Value == ' ')
                    added += more;
            }
        }
        using var builder = new SKTextBlobBuilder();
        var run = builder.AllocateHorizontalRun(font, glyphs.Length, (float)baseline);
        run.SetGlyphs(glyphs);
        run.SetPositions(offsets);
        using var blob = builder.Build();
        canvas.DrawText(blob, 0, 0, alarm ? red : black);
    }

    private SKFont Font(Lettered look)
    {
        if (!fonts.TryGetValue(look, out var font))
            fonts[look] = font = PaperFonts.Of(look.Size, look.Bold, look.Italic);
        return font;
    }

    private List<string> Parts(string word, Lettered look, double room)
    {
        if (Width(word, look) <= room)
            return [word];
        var parts = new List<string>();
        var part = new StringBuilder();
        foreach (var rune in word.EnumerateRunes())
        {
            if (part.Length > 0 && Width($"{part}{rune}", look) > room)
            {
                parts.Add(part.ToString());
                part.Clear();
            }
            part.Append(rune.ToString());
        }
        parts.Add(part.ToString());
        return parts;
    }
}
