namespace SinHo.Reporting.Figures;

public enum ChartKind
{
    /// <summary>Change over many months.</summary>
    Line,

    /// <summary>Upright, for few points in an order: years, bands.</summary>
    Column,

    /// <summary>Lying, for names.</summary>
    Bar,
}

/// <summary>Numbers to be drawn: one series, counted as every figure is.</summary>
/// <param name="Caption">What it shows, with its day or period.</param>
/// <param name="Category">What a point is: "Tháng", "Dân tộc".</param>
/// <param name="CountedIn">What the values count.</param>
/// <param name="Points">In the order in which they are drawn.</param>
public sealed record Chart(ChartKind Kind, string Caption, string Category, string CountedIn, IReadOnlyList<ChartPoint> Points);

/// <param name="Label">"06/2020", "Mông", "31-35".</param>
public sealed record ChartPoint(string Label, int Value);
