namespace SinHo.Reporting.Facts;

/// <summary>A part of a list as a reader looks at it.</summary>
/// <param name="Filter">Words that must occur in a row, marks and case aside; null for all rows.</param>
/// <param name="Sort">Key of a column; null, or no column, for the order of the list.</param>
/// <param name="Skip">Rows left out at the head.</param>
public sealed record ListView(string? Filter, string? Sort, bool Descending, int Skip, int Most)
{
    /// <summary>Code of a part of the unit: only rows that stood in it on the day counted; null for all.</summary>
    public string? Part { get; init; }

    /// <summary>Keys of the columns shown, behind the code of what is listed; null for those of the list.</summary>
    public IReadOnlyList<string>? Columns { get; init; }

    public static ListView Whole { get; } = new(null, null, false, 0, int.MaxValue);
}
