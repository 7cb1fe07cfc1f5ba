namespace SinHo.Reporting.Figures;

/// <summary>The parts of a unit by one number, the largest first, then by code.</summary>
/// <param name="Code">"members", or "B1.now" of a form.</param>
/// <param name="Total">The unit's own value.</param>
public sealed record Ranking(ReportUnit Unit, Period Period, string Code, string Caption, string CountedIn, long Total, IReadOnlyList<RankedUnit> Rows);

/// <param name="Share">Of the unit's value, in per cent to two decimals; null where that is 0.</param>
/// <param name="Rank">1 for the largest; equal values have one rank, and the next is counted on.</param>
public sealed record RankedUnit(string Unit, string Name, long Value, decimal? Share, int Rank);
