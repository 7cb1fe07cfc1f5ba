using SinHo.Reporting.Figures;

namespace SinHo.Reporting.Catalog;

/// <summary>The numbers behind a narrative.</summary>
internal interface INarrativeNumbers
{
    /// <summary>The words and numbers for a token.</summary>
    Task<IReadOnlyList<TextPiece>> WriteAsync(NarrativeToken token);

    /// <summary>How large what it prints is; 0 leaves out the brackets around it.</summary>
    decimal Size(NarrativeToken token);

    bool Holds(NarrativeToken condition);
}

/// <summary>
/// A paragraph of a narrative before its numbers are known. "[…]" is left out where everything that it cites is 0, "[a | b | c]" is the list of those items that are
/// not: "a, b và c"; "[{most 2}a | b | c]" that of the two largest. What braces may hold: <see cref="NarrativeToken"/>.
/// </summary>
internal sealed class NarrativeText(INarrativeNumbers numbers)
{
    public const string IsSuperior = "is_superior";

    /// <summary>A sentence on what is wrong with the brackets or braces; null where nothing is.</summary>
    public static string? Problem(string text)
    {
        var depth = 0;
        foreach (var letter in text)
        {
            depth += letter switch { '[' => 1, ']' => -1, _ => 0 };
            if (depth < 0 || (letter == '|' && depth == 0))
                return "ngoặc vuông không khớp, hoặc có dấu | ở ngoài ngoặc vuông";
        }
        if (depth != 0)
            return "ngoặc vuông không khớp";
        return NarrativeToken.In(text).Where(found => found.Token is null).Select(found => found.At).FirstOrDefault(-1) is >= 0 and var at
            ? $"không hiểu “{text[at..Math.Min(text.Length, text.IndexOf('}', at) is > 0 and var end ? end + 1 : at + 20)]}”"
            : null;
    }

    /// <summary>Null where nothing of the paragraph is left.</summary>
    public async Task<Paragraph?> WriteAsync(string text)
    {
        var at = 0;
        var written = await SequenceAsync(text, () => at, moved => at = moved);
        var joined = new List<TextPiece>();
        foreach (var piece in written.Pieces)
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
    private async Task<Sequence> SequenceAsync(string text, Func<int> at, Action<int> move)
    {
        var pieces = new List<TextPiece>();
        var (cited, found, refused, size) = (false, false, false, 0m);
        var largest = 0;
        while (at() < text.Length && text[at()] is not ('|' or ']'))
        {
            if (text[at()] == '[')
            {
                move(at() + 1);
                var group = await GroupAsync(text, at, move);
                (cited, found) = (true, found || group.IsKept);
                if (group.IsKept)
                    pieces.AddRange(group.Pieces);
                continue;
            }
            if (NarrativeToken.At(text, at()) is { } token)
            {
                move(at() + token.Length);
                switch (token.Kind)
                {
                    case TokenKind.Condition:
                        refused |= !numbers.Holds(token);
                        break;
                    case TokenKind.Largest:
                        largest = token.Count;
                        break;
                    case TokenKind.Word:
                        pieces.AddRange(await numbers.WriteAsync(token));
                        break;
                    default:
                        var one = numbers.Size(token);
                        (cited, found, size) = (true, found || one != 0, Math.Max(size, one));
                        pieces.AddRange(await numbers.WriteAsync(token));
                        break;
                }
                continue;
            }
            var end = text.IndexOfAny(['[', ']', '|', '{'], at() + 1);
            end = end < 0 ? text.Length : end;
            pieces.Add(new(text[at()..end], null));
            move(end);
        }
        return new(pieces, !refused && (found || !cited), size, largest);
    }

    private async Task<Sequence> GroupAsync(string text, Func<int> at, Action<int> move)
    {
        var items = new List<Sequence>();
        var (isList, largest) = (false, 0);
        while (true)
        {
            var item = await SequenceAsync(text, at, move);
            var ends = at() >= text.Length || text[at()] == ']';
            isList |= !ends;
            largest = Math.Max(largest, item.Largest);
            move(Math.Min(at() + 1, text.Length));
            if (item.IsKept)
                items.Add(item);
            if (ends)
                break;
        }
        if (!isList)
            return new(items.SelectMany(item => item.Pieces).ToList(), items.Count > 0);
        if (largest > 0)
            items = [.. items.OrderByDescending(item => item.Size).Take(largest)];
        var joined = new List<TextPiece>();
        foreach (var (index, item) in items.Index())
        {
            if (index > 0)
                joined.Add(new(index == items.Count - 1 ? " và " : ", ", null));
            joined.AddRange(Trimmed(item.Pieces));
        }
        return new(joined, items.Count > 0);
    }

    private static IEnumerable<TextPiece> Trimmed(List<TextPiece> item) => item.Select((piece, index) =>
        piece with { Text = index == 0 && item.Count == 1 ? piece.Text.Trim() : index == 0 ? piece.Text.TrimStart() : index == item.Count - 1 ? piece.Text.TrimEnd() : piece.Text })
        .Where(piece => piece.Text.Length > 0);

    /// <param name="IsKept">It cites nothing, or something that is not 0, and its conditions hold.</param>
    /// <param name="Size">The largest number that it cites itself.</param>
    /// <param name="Largest">How many items of the list it is in are told; 0 for all.</param>
    private sealed record Sequence(List<TextPiece> Pieces, bool IsKept, decimal Size = 0, int Largest = 0);
}
