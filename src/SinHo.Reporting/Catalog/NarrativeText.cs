using System.Text.RegularExpressions;
using SinHo.Reporting.Figures;

namespace SinHo.Reporting.Catalog;

/// <summary>
/// A paragraph of a narrative before its numbers are known. "[…]" is left out where everything that it cites is 0, "[a | b | c]" is the list of those items that are
/// not: "a, b và c". "{code=0}", "{code&gt;0}" and "{is_superior}" print nothing; where one of them does not hold, the brackets around it are left out.
/// </summary>
/// <param name="cite">The words for a citation.</param>
/// <param name="isZero">Whether what it cites is 0.</param>
/// <param name="holds">Whether a condition holds.</param>
/// <param name="fill">Puts a word of the report, such as {unit}, in its place.</param>
internal sealed class NarrativeText(Func<Match, Task<TextPiece>> cite, Func<Match, bool> isZero, Func<Match, bool> holds, Func<string, string> fill)
{
    public const string IsSuperior = "is_superior";

    /// <summary>A sentence on what is wrong with the brackets; null where nothing is.</summary>
    public static string? Problem(string text)
    {
        var depth = 0;
        foreach (var letter in text)
        {
            depth += letter switch { '[' => 1, ']' => -1, _ => 0 };
            if (depth < 0 || (letter == '|' && depth == 0))
                return "ngoặc vuông không khớp, hoặc có dấu | ở ngoài ngoặc vuông";
        }
        return depth == 0 ? null : "ngoặc vuông không khớp";
    }

    /// <summary>Null where nothing of the paragraph is left.</summary>
    public async Task<Paragraph?> WriteAsync(string text)
    {
        var at = 0;
        var (pieces, _) = await SequenceAsync(text, () => at, moved => at = moved);
        var joined = new List<TextPiece>();
        foreach (var piece in pieces)
        {
            if (joined.Count > 0 && piece.FigureCode is null && joined[^1].FigureCode is null)
                joined[^1] = new(joined[^1].Text + piece.Text, null);
            else
                joined.Add(piece);
        }
        if (joined.Count > 0)
        {
            joined[0] = joined[0] with { Text = joined[0].Text.TrimStart() };
            joined[^1] = joined[^1] with { Text = joined[^1].Text.TrimEnd() };
        }
        joined.RemoveAll(piece => piece.Text.Length == 0);
        return joined.Count == 0 ? null : new(joined);
    }

    /// <summary>Up to the end of the text, of the brackets or of the item of a list.</summary>
    private async Task<(List<TextPiece> Pieces, bool IsKept)> SequenceAsync(string text, Func<int> at, Action<int> move)
    {
        var pieces = new List<TextPiece>();
        var (cited, found, refused) = (false, false, false);
        while (at() < text.Length && text[at()] is not ('|' or ']'))
        {
            if (text[at()] == '[')
            {
                move(at() + 1);
                var (group, kept) = await GroupAsync(text, at, move);
                (cited, found) = (true, found || kept);
                if (kept)
                    pieces.AddRange(group);
                continue;
            }
            if (CatalogReader.Citation().Match(text, at()) is { Success: true } match && match.Index == at())
            {
                move(match.Index + match.Length);
                if (match.Groups["condition"].Success || match.Groups["code"].Value == IsSuperior)
                {
                    refused |= !holds(match);
                    continue;
                }
                if (CatalogReader.ReportWords.Contains(match.Groups["code"].Value))
                {
                    pieces.Add(new(fill(match.Value), null));
                    continue;
                }
                (cited, found) = (true, found || !isZero(match));
                pieces.Add(await cite(match));
                continue;
            }
            var end = text.IndexOfAny(['[', ']', '|', '{'], at() + 1);
            end = end < 0 ? text.Length : end;
            pieces.Add(new(text[at()..end], null));
            move(end);
        }
        return (pieces, !refused && (found || !cited));
    }

    private async Task<(List<TextPiece> Pieces, bool IsKept)> GroupAsync(string text, Func<int> at, Action<int> move)
    {
        var items = new List<List<TextPiece>>();
        var isList = false;
        while (true)
        {
            var (pieces, kept) = await SequenceAsync(text, at, move);
            var ends = at() >= text.Length || text[at()] == ']';
            isList |= !ends;
            move(Math.Min(at() + 1, text.Length));
            if (kept)
                items.Add(pieces);
            if (ends)
                break;
        }
        if (!isList)
            return (items.SelectMany(item => item).ToList(), items.Count > 0);
        var joined = new List<TextPiece>();
        foreach (var (index, item) in items.Index())
        {
            if (index > 0)
                joined.Add(new(index == items.Count - 1 ? " và " : ", ", null));
            joined.AddRange(Trimmed(item));
        }
        return (joined, items.Count > 0);
    }

    private static IEnumerable<TextPiece> Trimmed(List<TextPiece> item) => item.Select((piece, index) =>
        piece with { Text = index == 0 && item.Count == 1 ? piece.Text.Trim() : index == 0 ? piece.Text.TrimStart() : index == item.Count - 1 ? piece.Text.TrimEnd() : piece.Text })
        .Where(piece => piece.Text.Length > 0);
}
