using SinHo.Reporting.Words;

namespace SinHo.Reporting.Host.Web;

/// <summary>Finding Vietnamese text by what a hurried hand types: without marks, in any case.</summary>
public static class Words
{
    /// <summary>Whether every word typed occurs in the text.</summary>
    public static bool Contain(string text, string? typed)
    {
        if (string.IsNullOrWhiteSpace(typed))
            return true;
        var bare = Matching.Bare(text);
        return Matching.Bare(typed).Split(' ', StringSplitOptions.RemoveEmptyEntries).All(word => bare.Contains(word, StringComparison.Ordinal));
    }
}
