namespace SinHo.Reporting.Words;

/// <summary>Where sentences end.</summary>
public static class Sentences
{
    /// <summary>The places behind the blank after each sentence but the last: a full stop, a blank, and a capital letter or a digit.</summary>
    /// <param name="goesOn">What comes after the text; '\0' for nothing.</param>
    public static IEnumerable<int> Ends(string text, char goesOn)
    {
        for (var at = text.IndexOf(". ", StringComparison.Ordinal); at >= 0; at = text.IndexOf(". ", at + 2, StringComparison.Ordinal))
        {
            var next = at + 2 < text.Length ? text[at + 2] : goesOn;
            if (char.IsUpper(next) || char.IsDigit(next))
                yield return at + 2;
        }
    }
}
