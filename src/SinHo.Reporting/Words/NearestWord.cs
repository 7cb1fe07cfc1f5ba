namespace SinHo.Reporting.Words;

/// <summary>Finds the word that a user most likely meant.</summary>
public static class NearestWord
{
    /// <summary>The nearest of <paramref name="words"/> by edit distance without marks, or null where none is near enough to be worth naming.</summary>
    public static string? To(string text, IEnumerable<string> words)
    {
        var bare = Matching.Bare(text);
        if (bare.Length > 60)
            return null;
        var (word, distance) = words.Select(word => ((string?)word, Distance(bare, Matching.Bare(word)))).DefaultIfEmpty((null, 0)).MinBy(pair => pair.Item2);
        return word is not null && distance <= Math.Max(1, bare.Length / 3) ? word : null;
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
