using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace SinHo.Reporting.Faces.Papers;

/// <param name="Level">1 is the outermost.</param>
/// <param name="Page">Counted from 0.</param>
/// <param name="Top">Points from the bottom of the page.</param>
internal sealed record PdfMark(string Text, int Level, int Page, double Top);

/// <summary>
/// Gives a PDF that Skia wrote its bookmarks and its language: Skia has no call for them, so they are appended as the format's own "incremental update", which
/// leaves every byte before it as it was.
/// </summary>
internal static partial class PdfOutline
{
    private static readonly Encoding Bytes = Encoding.Latin1;

    /// <param name="file">The whole PDF; written to at its end.</param>
    public static void Append(MemoryStream file, IReadOnlyList<PdfMark> marks)
    {
        var text = Bytes.GetString(file.GetBuffer(), 0, (int)file.Length);
        var from = long.Parse(Last(StartPattern(), text).Groups["at"].Value, CultureInfo.InvariantCulture);
        var trailer = text[text.LastIndexOf("trailer", StringComparison.Ordinal)..];
        var size = Number(trailer, "Size");
        var root = Number(trailer, "Root");
        var objects = Objects(text);
        var catalog = objects[root];
        var pages = Pages(objects, Number(catalog, "Pages")).ToList();

        var added = new SortedDictionary<int, string>();
        var end = catalog.LastIndexOf(">>", StringComparison.Ordinal);
        var outline = marks.Count == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"\n/Outlines {size} 0 R\n/PageMode /UseOutlines");
        added[root] = $"{catalog[..end]}\n/Lang (vi-VN){outline}>>";
        if (marks.Count > 0)
            AddMarks(added, marks, pages, size);

        using var update = new MemoryStream();
        var offsets = new Dictionary<int, long>();
        Write("\n");
        foreach (var (number, content) in added)
        {
            offsets[number] = file.Length + update.Length;
            Write(string.Create(CultureInfo.InvariantCulture, $"{number} 0 obj\n{content}\nendobj\n"));
        }
        var table = file.Length + update.Length;
        Write("xref\n");
        foreach (var number in added.Keys)
            Write(string.Create(CultureInfo.InvariantCulture, $"{number} 1\n{offsets[number]:0000000000} 00000 n \n"));
        var info = Dictionary(trailer, "Info");
        Write(string.Create(CultureInfo.InvariantCulture, $"trailer\n<</Size {Math.Max(size, added.Keys.Max() + 1)}\n/Root {root} 0 R\n{info}/Prev {from}>>\nstartxref\n{table}\n%%EOF\n"));
        file.Position = file.Length;
        update.Position = 0;
        update.CopyTo(file);

        void Write(string words) => update.Write(Bytes.GetBytes(words));
    }

    private static void AddMarks(SortedDictionary<int, string> added, IReadOnlyList<PdfMark> marks, List<int> pages, int first)
    {
        // Nobody's child is the outline itself; a mark whose level leaps belongs to the nearest above it.
        var parents = new int[marks.Count];
        for (var index = 0; index < marks.Count; index++)
        {
            parents[index] = -1;
            for (var above = index - 1; above >= 0 && parents[index] < 0; above--)
            {
                if (marks[above].Level < marks[index].Level)
                    parents[index] = above;
            }
        }
        added[first] = $"<</Type /Outlines{Children(-1)}>>";
        for (var index = 0; index < marks.Count; index++)
        {
            var siblings = Enumerable.Range(0, marks.Count).Where(one => parents[one] == parents[index]).ToList();
            var place = siblings.IndexOf(index);
            var links = (place > 0 ? $"\n/Prev {Reference(siblings[place - 1])}" : "") + (place < siblings.Count - 1 ? $"\n/Next {Reference(siblings[place + 1])}" : "");
            added[first + 1 + index] = string.Create(CultureInfo.InvariantCulture,
                $"<</Title <FEFF{Convert.ToHexString(Encoding.BigEndianUnicode.GetBytes(marks[index].Text))}>\n/Parent {Reference(parents[index])}{links}{Children(index)}\n/Dest [{pages[marks[index].Page]} 0 R /XYZ null {marks[index].Top:0.##} null]>>");
        }

        string Reference(int index) => string.Create(CultureInfo.InvariantCulture, $"{first + 1 + index} 0 R");

        string Children(int of)
        {
            var children = Enumerable.Range(0, marks.Count).Where(one => parents[one] == of).ToList();
            // A negative count: shut at first; the outermost are always shown.
            return children.Count == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"\n/First {Reference(children[0])}\n/Last {Reference(children[^1])}\n/Count {(of < 0 ? children.Count : -children.Count)}");
        }
    }

    private static Dictionary<int, string> Objects(string text)
    {
        var objects = new Dictionary<int, string>();
        foreach (Match found in ObjectPattern().Matches(text))
        {
            var start = found.Index + found.Length;
            var end = text.IndexOf("endobj", start, StringComparison.Ordinal);
            var stream = text.IndexOf("stream", start, StringComparison.Ordinal);
            if (end > 0 && (stream < 0 || stream > end))
                objects[int.Parse(found.Groups["number"].Value, CultureInfo.InvariantCulture)] = text[start..end].Trim();
        }
        return objects;
    }

    /// <summary>The numbers of the pages, in their order.</summary>
    private static IEnumerable<int> Pages(Dictionary<int, string> objects, int node) => objects[node].Contains("/Kids", StringComparison.Ordinal)
        ? ReferencePattern().Matches(KidsPattern().Match(objects[node]).Groups["kids"].Value).SelectMany(kid => Pages(objects, int.Parse(kid.Groups["number"].Value, CultureInfo.InvariantCulture)))
        : [node];

    private static int Number(string dictionary, string key)
    {
        var at = dictionary.IndexOf($"/{key} ", StringComparison.Ordinal);
        var digits = new string([.. dictionary.Skip(at + key.Length + 2).TakeWhile(char.IsAsciiDigit)]);
        return at >= 0 && int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : throw new InvalidOperationException($"The PDF has no /{key}.");
    }

    private static string Dictionary(string trailer, string key) =>
        trailer.Contains($"/{key} ", StringComparison.Ordinal) ? string.Create(CultureInfo.InvariantCulture, $"/{key} {Number(trailer, key)} 0 R\n") : "";

    private static Match Last(Regex pattern, string text) => pattern.Matches(text) is { Count: > 0 } found ? found[^1] : throw new InvalidOperationException("The PDF has no table of objects.");

    [GeneratedRegex(@"startxref\s+(?<at>\d+)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex StartPattern();

    [GeneratedRegex(@"(?<=\n)(?<number>\d+) 0 obj\n", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 60_000)]
    private static partial Regex ObjectPattern();

    [GeneratedRegex(@"/Kids \[(?<kids>[^\]]*)\]", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex KidsPattern();

    [GeneratedRegex(@"(?<number>\d+) 0 R", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex ReferencePattern();
}
