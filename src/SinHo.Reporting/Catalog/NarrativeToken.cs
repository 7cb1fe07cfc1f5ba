using System.Globalization;
using System.Text.RegularExpressions;

namespace SinHo.Reporting.Catalog;

internal enum TokenKind
{
    /// <summary>{unit}, {period}: a word of the report.</summary>
    Word,

    /// <summary>{members}, {B1.month}: a number.</summary>
    Number,

    /// <summary>{branches_without_meeting: name, parent_name}: the rows behind it.</summary>
    Rows,

    /// <summary>{admissions@most 3}: the parts that have the most of it, each with its number.</summary>
    Most,

    /// <summary>{admissions@none}: how many parts have none of it.</summary>
    None,

    /// <summary>{= members - opening}: a sum, without its sign, for the words say whether it is more or less.</summary>
    Sum,

    /// <summary>{% members - opening / opening}: a share in percent.</summary>
    Share,

    /// <summary>{members=0}, {members&gt;0}, {is_superior}, {if members &gt; opening}: prints nothing; where it does not hold, the brackets around it are left out.</summary>
    Condition,

    /// <summary>{most 3} before the items of a list: only the largest so many, the largest first.</summary>
    Largest,
}

/// <summary>Plus or minus a number of the report, or a number as it is written.</summary>
/// <param name="Code">Null where <paramref name="Sign"/> is the number itself.</param>
internal sealed record NarrativeTerm(int Sign, string? Code);

/// <summary>What stands between braces in a narrative.</summary>
/// <param name="Length">Of the token in the text, braces included.</param>
/// <param name="Code">Of a word or number; with "@last_year" that of the same days a year before.</param>
internal sealed partial record NarrativeToken(TokenKind Kind, int Length, string Code)
{
    /// <summary>Of a number: the same days a year before.</summary>
    public const string LastYear = "@last_year";

    private static readonly string[] Signs = [">", "<", ">=", "<=", "="];

    public IReadOnlyList<string> Columns { get; init; } = [];

    /// <summary>Of <see cref="TokenKind.Most"/> and <see cref="TokenKind.Largest"/>.</summary>
    public int Count { get; init; }

    /// <summary>Of sums, shares and conditions: what stands before the sign.</summary>
    public IReadOnlyList<NarrativeTerm> Left { get; init; } = [];

    /// <summary>What stands behind it.</summary>
    public IReadOnlyList<NarrativeTerm> Right { get; init; } = [];

    /// <summary>Of a condition: ">", "&lt;", ">=", "&lt;=" or "="; empty where it is a word.</summary>
    public string Sign { get; init; } = "";

    /// <summary>The numbers that it needs.</summary>
    public IEnumerable<string> Codes => Kind switch
    {
        TokenKind.Word or TokenKind.Largest => [],
        TokenKind.Sum or TokenKind.Share or TokenKind.Condition => Left.Concat(Right).Select(term => term.Code).OfType<string>(),
        _ => [Code],
    };

    /// <summary>What begins with the brace at a place; null where that is no token.</summary>
    public static NarrativeToken? At(string text, int at)
    {
        if (at >= text.Length || text[at] != '{' || text.IndexOf('}', at) is not (> 0 and var end))
            return null;
        var (inner, length) = (text[(at + 1)..end].Trim(), end + 1 - at);
        if (inner.StartsWith('='))
            return Terms(inner[1..]) is { } sum ? new(TokenKind.Sum, length, "") { Left = sum } : null;
        if (inner.StartsWith('%'))
            return inner[1..].Split('/') is [var part, var whole] && Terms(part) is { } left && Terms(whole) is { } right ? new(TokenKind.Share, length, "") { Left = left, Right = right } : null;
        if (inner.StartsWith("if ", StringComparison.Ordinal))
            return Condition(inner[3..], length);
        return LargestPattern().Match(inner) is { Success: true } largest
            ? new(TokenKind.Largest, length, "") { Count = int.Parse(largest.Groups["count"].Value, CultureInfo.InvariantCulture) }
            : Simple(inner, length);
    }

    /// <summary>All tokens of a text, in their order; null stands for braces that are none.</summary>
    public static IEnumerable<(int At, NarrativeToken? Token)> In(string text)
    {
        for (var at = text.IndexOf('{', StringComparison.Ordinal); at >= 0; at = text.IndexOf('{', at + 1))
            yield return (at, At(text, at));
    }

    private static NarrativeToken? Simple(string inner, int length)
    {
        if (SimplePattern().Match(inner) is not { Success: true } match)
            return null;
        var code = match.Groups["code"].Value;
        if (code == NarrativeText.IsSuperior)
            return new(TokenKind.Condition, length, code);
        if (CatalogReader.ReportWords.Contains(code))
            return new(TokenKind.Word, length, code);
        if (match.Groups["condition"].Success)
            return new(TokenKind.Condition, length, "") { Left = [new(1, code)], Sign = match.Groups["condition"].Value[..1], Right = [new(0, null)] };
        if (match.Groups["none"].Success)
            return new(TokenKind.None, length, code);
        if (match.Groups["most"].Success)
            return new(TokenKind.Most, length, code) { Count = int.Parse(match.Groups["most"].Value, CultureInfo.InvariantCulture) };
        return match.Groups["columns"].Success
            ? new(TokenKind.Rows, length, code) { Columns = match.Groups["columns"].Value.Split(',', StringSplitOptions.TrimEntries) }
            : new(TokenKind.Number, length, code);
    }

    private static NarrativeToken? Condition(string text, int length)
    {
        var words = text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).ToList();
        var sign = words.FindIndex(Signs.Contains);
        return sign > 0 && Terms(string.Join(' ', words[..sign])) is { } left && Terms(string.Join(' ', words[(sign + 1)..])) is { } right
            ? new(TokenKind.Condition, length, "") { Left = left, Right = right, Sign = words[sign] }
            : null;
    }

    private static List<NarrativeTerm>? Terms(string text)
    {
        var words = text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        var terms = new List<NarrativeTerm>();
        for (var index = 0; index < words.Length; index += 2)
        {
            var sign = index == 0 ? 1 : words[index - 1] switch { "+" => 1, "-" => -1, _ => 0 };
            if (sign == 0)
                return null;
            if (int.TryParse(words[index], NumberStyles.None, CultureInfo.InvariantCulture, out var number))
                terms.Add(new(sign * number, null));
            else if (TermPattern().IsMatch(words[index]))
                terms.Add(new(sign, words[index]));
            else
                return null;
        }
        return words.Length % 2 == 1 ? terms : null;
    }

    [GeneratedRegex(@"^[A-Za-z0-9_]+(\.[a-z0-9_]+)?(@last_year)?$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex TermPattern();

    [GeneratedRegex(@"^(?<code>[A-Za-z0-9_]+(\.[a-z0-9_]+)?(@last_year)?)((?<condition>=0|>0)|@most\s+(?<most>[1-9])|(?<none>@none)|:\s*(?<columns>[a-z0-9_]+(,\s*[a-z0-9_]+)*))?$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex SimplePattern();

    [GeneratedRegex(@"^most\s+(?<count>[1-9])$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex LargestPattern();
}
