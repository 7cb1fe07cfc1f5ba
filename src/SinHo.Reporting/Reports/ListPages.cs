using SinHo.Reporting.Access;
using SinHo.Reporting.Catalog;
using SinHo.Reporting.Facts;
using SinHo.Reporting.Figures;

namespace SinHo.Reporting.Reports;

/// <param name="Total">Rows that pass the filter.</param>
public sealed record ListPage(ReportUnit Unit, IReadOnlyList<EvidenceColumn> Columns, int Total, IReadOnlyList<object?[]> Rows);

/// <summary>The rows behind a figure or a cell of a form: a page of them, or all.</summary>
/// <param name="viewer">For whom; null for the program itself, which sees all.</param>
public sealed class ListPages(StatisticsSource source, Definitions definitions, Viewer? viewer = null)
{
    /// <param name="code">See <see cref="ListSubject.Code"/>.</param>
    /// <exception cref="UnknownNameException">No such list, no such unit for this viewer, or it did not exist in the period.</exception>
    public async Task<ListPage> ReadAsync(string code, string unit, Period period, ListView view, CancellationToken cancel)
    {
        var (listed, _, figure) = await ListAsync(code, unit, period, view, null, cancel);
        using (figure.Evidence)
            return new(listed, figure.Evidence.Columns, figure.Value, [.. figure.Evidence.Rows()]);
    }

    /// <summary>As a figure whose value is the number of rows that pass the filter; its evidence are those of the view. To be disposed.</summary>
    /// <param name="code">See <see cref="ListSubject.Code"/>.</param>
    /// <param name="overridden">Settings that this run does not take from the register.</param>
    /// <exception cref="UnknownNameException">No such list or setting, no such unit for this viewer, or it did not exist in the period.</exception>
    public async Task<(ReportUnit Unit, Letterhead Letterhead, Figure Figure)> ListAsync(
        string code, string unit, Period period, ListView view, IProgress<JobStep>? progress, CancellationToken cancel, IReadOnlyDictionary<string, int>? overridden = null)
    {
        var subject = ListSubject.Find(definitions, code, period) ?? throw new UnknownNameException($"Không có danh sách “{code}”.");
        var asked = subject.Period;
        await using var snapshot = viewer is null
            ? await Snapshot.TakeAsync(source, cancel)
            : await Snapshot.TakeAsync(source, viewer, new(Earlier(asked.From, period.From), Later(asked.To, period.To)), cancel);
        var units = new Units(snapshot, period, cancel);
        var listed = await units.FindAsync(unit);
        var settings = (await SettingsOfRun.ReadAsync(snapshot, overridden ?? new Dictionary<string, int>(StringComparer.Ordinal), cancel)).ToDictionary(setting => setting.Code, setting => setting.Value);
        var (total, evidence) = await snapshot.ListAsync(subject.Set, subject.Measure, unit, Parts.RolesOf(listed.Role), Parts.AreBranches(listed.Role), new(asked, settings), view, progress, cancel);
        var chosen = FigureMaker.Conditions(subject.Set, subject.Measure.Where);
        return (listed, await units.LetterheadAsync(unit), new()
        {
            Code = code,
            Caption = subject.Caption,
            CountedIn = subject.Indicator.CountedIn,
            IsStock = subject.Indicator.IsStock,
            IsOpening = subject.Indicator.IsOpening,
            Period = asked,
            Rule = subject.Indicator.RuleWith(settings) + (chosen.Length > 0 ? $".{chosen}" : ""),
            Meaning = subject.Indicator.MeaningWith(settings) + chosen,
            Value = total,
            Evidence = evidence,
        });
    }

    private static DateOnly Earlier(DateOnly one, DateOnly other) => one < other ? one : other;

    private static DateOnly Later(DateOnly one, DateOnly other) => one > other ? one : other;
}
