using System.Security.Cryptography;

namespace SinHo.Reporting.Signing;

/// <summary>
/// The code that a signed paper is known by: 60 random bits in twelve letters and digits that cannot be taken for one another, and a thirteenth that shows
/// any one of them mistyped (Luhn's sum over 32 signs). Source: docs/spec/command-line.md, Signing.
/// </summary>
public static class CheckCode
{
    // Without I, L, O and U: Crockford's base 32.
    private const string Signs = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    private const int Length = 13;
    private const int Group = 4;

    /// <summary>A new one, in groups: "7K3M-9QPD-2WXY-R".</summary>
    public static string Make()
    {
        var body = string.Concat(Enumerable.Range(0, Length - 1).Select(_ => Signs[RandomNumberGenerator.GetInt32(Signs.Length)]));
        return Grouped(body + Signs[Check(body)]);
    }

    /// <summary>Whether a text was meant as one, rightly or wrongly written.</summary>
    public static bool IsMeant(string text) => Bare(text).Length == Length && Bare(text).All(Signs.Contains);

    /// <returns>As it is printed; null where a sign is wrong.</returns>
    public static string? Read(string text) => IsMeant(text) && Bare(text) is var bare && Signs[Check(bare[..^1])] == bare[^1] ? Grouped(bare) : null;

    private static string Bare(string text) => string.Concat(text.ToUpperInvariant().Where(sign => !char.IsWhiteSpace(sign) && sign != '-').Select(sign => sign switch
    {
        'O' => '0',
        'I' or 'L' => '1',
        _ => sign,
    }));

    private static string Grouped(string bare) => string.Join('-', bare.Chunk(Group).Select(group => new string(group)));

    private static int Check(string body)
    {
        var (sum, factor) = (0, 2);
        foreach (var sign in body.Reverse())
        {
            var addend = factor * Signs.IndexOf(sign, StringComparison.Ordinal);
            sum += addend / Signs.Length + addend % Signs.Length;
            factor = 3 - factor;
        }
        return (Signs.Length - sum % Signs.Length) % Signs.Length;
    }
}
