using System.Globalization;

namespace SinHo.Reporting.Catalog;

/// <summary>Reads what a report.yaml asks of a column: a word, [words], { not: [words] }, from..to with both ends included, null, { not: null }.</summary>
internal static class WhereReader
{
    private const string Dots = "..";

    /// <summary>Null where it is none of these.</summary>
    public static Test? Read(string column, object? value) => value switch
    {
        null or "null" or "~" => new(column, TestKind.Missing, []),
        string text when text.Contains(Dots, StringComparison.Ordinal) => Range(column, text),
        string text => new(column, TestKind.OneOf, [text]),
        IEnumerable<object> list => Words(list) is { } words ? new(column, TestKind.OneOf, words) : null,
        IDictionary<object, object?> map when map.Count == 1 && map.TryGetValue("not", out var not) => Not(column, not),
        _ => null,
    };

    private static Test? Not(string column, object? value) => Read(column, value) switch
    {
        { Kind: TestKind.Missing } => new(column, TestKind.Present, []),
        { Kind: TestKind.OneOf } test => test with { Kind = TestKind.NoneOf },
        _ => null,
    };

    private static Test? Range(string column, string text)
    {
        var ends = text.Split(Dots);
        if (ends.Length != 2 || (ends[0].Length == 0 && ends[1].Length == 0))
            return null;
        var (least, most) = (End(ends[0]), End(ends[1]));
        var read = (ends[0].Length == 0 || least is not null) && (ends[1].Length == 0 || most is not null);
        return read && (least is null || most is null || least.GetType() == most.GetType()) ? new(column, TestKind.Between, [], least, most) : null;
    }

    private static object? End(string text)
    {
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            return number;
        return DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;
    }

    private static List<string>? Words(IEnumerable<object> list)
    {
        var words = list.OfType<string>().ToList();
        return words.Count == list.Count() ? words : null;
    }
}
