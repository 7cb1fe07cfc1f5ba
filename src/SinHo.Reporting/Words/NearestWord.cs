namespace SinHo.Reporting.Words;

/// <summary>Finds the word that a user most likely meant.</summary>
public static class NearestWord
{
    private const int Longest = 60;

    /// <summary>
    /// The one of <paramref name="words"/> that has the same letters without marks, spaces and punctuation; else the nearest by edit distance, or null
    /// where none is near enough to be worth naming.
    /// </summary>
    public static string? To(string text, IEnumerable<string> words)
    {
        if (text.Length > 4 * Longest)
            return null;
        var bare = Matching.Bare(text);
        if (bare.Length > Longest)
            return null;
        var known = words as IReadOnlyCollection<string> ?? [.. words];
        var letters = Letters(text);
        if (letters.Length > 0 && known.FirstOrDefault(word => Letters(word) == letters) is { } same)
            return same;
        var (word, distance) = known.Select(word => ((string?)word, Distance(bare, Matching.Bare(word)))).DefaultIfEmpty((null, 0)).MinBy(pair => pair.Item2);
        return word is not null && distance <= Math.Max(1, bare.Length / 3) ? word : null;
    }

    /// <summary>Letters and digits alone, without marks, in lower case.</summary>
    public static string Letters(string text) => string.Concat(Matching.Bare(text).Where(char.IsLetterOrDigit));

    /// <summary>Letters to insert, delete, replace, or neighbours to exchange, until the one is the other.</summary>
    public static int Edits(string from, string to)
    {
        if (Math.Max(from.Length, to.Length) > 4 * Longest)
            return int.MaxValue;
        var (before, last, row) = (new int[to.Length + 1], Enumerable.Range(0, to.Length + 1).ToArray(), new int[to.Length + 1]);
        for (var i = 1; i <= from.Length; i++)
        {
            row[0] = i;
            for (var j = 1; j <= to.Length; j++)
            {
                row[j] = Math.Min(last[j - 1] + (from[i - 1] == to[j - 1] ? 0 : 1), Math.Min(row[j - 1], last[j]) + 1);
                if (i > 1 && j > 1 && from[i - 1] == to[j - 2] && from[i - 2] == to[j - 1])
                    row[j] = Math.Min(row[j], before[j - 2] + 1);
            }
            (before, last, row) = (last, row, before);
        }
        return last[to.Length];
    }

    /// <summary>Letters to insert, delete or replace (Levenshtein), in one row of memory.</summary>
    private static int Distance(string from, string to)
    {
        var row = Enumerable.Range(0, to.Length + 1).ToArray();
        for (var i = 1; i <= from.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= to.Length; j++)
            {
                var replace = diagonal + (from[i - 1] == to[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(replace, Math.Min(row[j], row[j - 1]) + 1);
            }
        }
        return row[to.Length];
    }
}
