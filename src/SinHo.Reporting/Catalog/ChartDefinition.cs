using SinHo.Reporting.Figures;

namespace SinHo.Reporting.Catalog;

/// <summary>A chart of a report: a figure over months or years, or over the rows of a form.</summary>
public sealed record ChartDefinition
{
    public required ChartKind Kind { get; init; }

    /// <summary>Title; {from} and {to} are the first and last day that it is about.</summary>
    public required string Caption { get; init; }

    /// <summary>What a point is.</summary>
    public required string Category { get; init; }

    /// <summary>The figure counted over time; null where <see cref="Rows"/> says what is drawn.</summary>
    public string? Figure { get; init; }

    /// <summary>Monthly or Yearly.</summary>
    public Cycle Each { get; init; }

    /// <summary>How many months or years up to the end of the report's period; null: those of the period, its first and last one cut to it.</summary>
    public int? Last { get; init; }

    public ChartRows? Rows { get; init; }

    public ChartColumns? Columns { get; init; }
}

/// <summary>A row of the report itself over some of its columns.</summary>
/// <param name="Range">"FIRST..LAST".</param>
public sealed record ChartColumns(string Row, string Range);

/// <summary>A column of some rows of a form of the same unit and period, in the edition that it would be made in.</summary>
/// <param name="Report">Name of the form.</param>
/// <param name="Range">"FIRST..LAST".</param>
public sealed record ChartRows(string Report, string Range, string Column);
