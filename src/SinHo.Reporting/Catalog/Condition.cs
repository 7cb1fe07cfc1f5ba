using System.Globalization;

namespace SinHo.Reporting.Catalog;

/// <summary>What must hold of the columns of a set for a row to be counted. Two conditions that say the same are equal.</summary>
public sealed class Condition : IEquatable<Condition>
{
    private readonly string written;

    public Condition(IEnumerable<Test> tests)
    {
        Tests = [.. tests.OrderBy(test => test.Column, StringComparer.Ordinal)];
        written = string.Join("; ", Tests);
    }

    public static Condition None { get; } = new([]);

    public IReadOnlyList<Test> Tests { get; }

    /// <summary>Both hold.</summary>
    public Condition And(Condition other) => Tests.Count == 0 ? other : other.Tests.Count == 0 ? this : new(Tests.Concat(other.Tests));

    public bool Equals(Condition? other) => other is not null && written == other.written;

    public override bool Equals(object? obj) => Equals(obj as Condition);

    public override int GetHashCode() => written.GetHashCode(StringComparison.Ordinal);

    public override string ToString() => written;
}

public enum TestKind
{
    /// <summary>The value is one of the words; of none of them where there is no word.</summary>
    OneOf,

    /// <summary>There is a value, and it is none of the words.</summary>
    NoneOf,

    /// <summary>The value lies between the ends, both included.</summary>
    Between,
    Missing,
    Present,
}

/// <param name="Column">A column of the set.</param>
/// <param name="Words">For <see cref="TestKind.OneOf"/> and <see cref="TestKind.NoneOf"/>.</param>
/// <param name="Least">Lower end of a range: int, DateOnly, or null where it is open.</param>
/// <param name="Most">Upper end.</param>
public sealed record Test(string Column, TestKind Kind, IReadOnlyList<string> Words, object? Least = null, object? Most = null)
{
    /// <summary>For <see cref="TestKind.OneOf"/>: a row without a value passes too.</summary>
    public bool OrMissing { get; init; }

    public override string ToString() => Kind switch
    {
        TestKind.OneOf => $"{Column} = {string.Join(" | ", Words)}{(OrMissing ? " | null" : "")}",
        TestKind.NoneOf => $"{Column} ≠ {string.Join(" | ", Words)}",
        TestKind.Between => string.Create(CultureInfo.InvariantCulture, $"{Column} = {Written(Least)}..{Written(Most)}"),
        TestKind.Missing => $"{Column} = null",
        _ => $"{Column} ≠ null",
    };

    private static string Written(object? end) => end is DateOnly day ? day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) : $"{end}";
}

/// <summary>What is counted: the rows of a figure under a condition, or the sum of one of their columns.</summary>
/// <param name="Figure">Code of the figure.</param>
/// <param name="Sum">A column of numbers to add up instead of counting rows.</param>
public sealed record Measure(string Figure, Condition Where, string? Sum = null)
{
    /// <summary>All rows of a figure.</summary>
    public static Measure Of(string figure) => new(figure, Condition.None);
}
