using SinHo.Reporting.Access;
using SinHo.Reporting.Catalog;
using SinHo.Reporting.Facts;
using SinHo.Reporting.Figures;

namespace SinHo.Reporting.Reports;

/// <param name="Total">Rows that pass the filter.</param>
public sealed record ListPage(ReportUnit Unit, IReadOnlyList<EvidenceColumn> Columns, int Total, IReadOnlyList<object?[]> Rows);

/// <summary>The rows behind a figure, a page at a time.</summary>
public sealed class ListPages(StatisticsSource source, Definitions definitions, Viewer viewer)
{
    /// <exception cref="UnknownNameException">No such unit for this viewer, or it did not exist in the period.</exception>
    public async Task<ListPage> ReadAsync(string figure, string code, Period period, ListView view, CancellationToken cancel)
    {
        var (set, measure) = (definitions[figure].Set, Measure.Of(figure));
        await using var snapshot = await Snapshot.TakeAsync(source, viewer, period, cancel);
        var unit = await new Units(snapshot, period, cancel).FindAsync(code);
        var settings = (await snapshot.SettingsAsync(cancel)).ToDictionary(setting => setting.Code, setting => setting.Value);
        var (total, rows) = await snapshot.PageAsync(set, measure, code, new(period, settings), view, cancel);
        return new(unit, FigureQuery.Columns(set, measure), total, rows);
    }
}
