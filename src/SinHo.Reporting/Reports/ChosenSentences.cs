using SinHo.Reporting.Figures;
using SinHo.Reporting.Words;

namespace SinHo.Reporting.Reports;

/// <summary>A narrative that somebody reads to its end: at most twelve sentences, none twice. What is first in the definition matters most.</summary>
internal static class ChosenSentences
{
    public const int Most = 12;

    public static IReadOnlyList<Paragraph> Of(IEnumerable<Paragraph> paragraphs)
    {
        var (chosen, said) = (new List<Paragraph>(), new HashSet<string>(StringComparer.Ordinal));
        foreach (var paragraph in paragraphs)
        {
            var kept = Split(paragraph.Pieces).Where(sentence => said.Count < Most && said.Add(string.Concat(sentence.Select(piece => piece.Text)).Trim())).SelectMany(sentence => sentence).ToList();
            if (kept.Count == 0)
                continue;
            kept[^1] = kept[^1] with { Text = kept[^1].Text.TrimEnd() };
            chosen.Add(new(kept));
        }
        return chosen;
    }

    private static List<List<TextPiece>> Split(IReadOnlyList<TextPiece> pieces)
    {
        var sentences = new List<List<TextPiece>> { new() };
        foreach (var (index, piece) in pieces.Index())
        {
            var from = 0;
            foreach (var end in piece.FigureCode is null ? Sentences.Ends(piece.Text, index + 1 < pieces.Count ? pieces[index + 1].Text[0] : '\0') : [])
            {
                sentences[^1].Add(piece with { Text = piece.Text[from..end] });
                sentences.Add([]);
                from = end;
            }
            if (from < piece.Text.Length)
                sentences[^1].Add(piece with { Text = piece.Text[from..] });
        }
        sentences.RemoveAll(sentence => sentence.Count == 0);
        return sentences;
    }
}
