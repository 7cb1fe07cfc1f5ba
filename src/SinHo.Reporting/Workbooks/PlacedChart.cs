using ClosedXML.Excel;
using SinHo.Reporting.Figures;

namespace SinHo.Reporting.Workbooks;

/// <summary>A chart and the cells that it is drawn from.</summary>
/// <param name="Sheet">The sheet on which it lies.</param>
/// <param name="Head">The head over the values: the name of the series.</param>
/// <param name="Labels">One cell per point.</param>
/// <param name="Values">One number per point.</param>
public sealed record PlacedChart(Chart Chart, string Sheet, IXLCell Head, IXLRange Labels, IXLRange Values)
{
    /// <summary>Column and row, from 1, in which it begins.</summary>
    public (int Column, int Row) From { get; init; }

    /// <summary>Column and row in which it ends, included.</summary>
    public (int Column, int Row) To { get; init; }
}
