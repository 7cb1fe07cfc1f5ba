using SinHo.Reporting.Access;
using SinHo.Reporting.Catalog;
using SinHo.Reporting.Facts;
using SinHo.Reporting.Figures;

namespace SinHo.Reporting.Reports;

/// <summary>Which list is asked for, and how it is looked at.</summary>
/// <param name="Subject">See <see cref="ListSubject.Code"/>.</param>
public sealed record ListRequest(string Subject, string Unit, Period Period, ListView View)
{
    /// <summary>
    /// Counted on today's map, whose day is the first from this one on, and from the period's last, on which the unit holds; null: by the units of each day.
    /// </summary>
    public DateOnly? Map { get; init; }

    /// <summary>Conditions as <see cref="ListConditions"/> writes them.</summary>
    public string? Where { get; init; }

    /// <summary>Settings that this run does not take from the register.</summary>
    public IReadOnlyDictionary<string, int> Settings { get; init; } = new Dictionary<string, int>(StringComparer.Ordinal);

    /// <summary>As a file of the list carries it.</summary>
    public FileQuestion Question => new()
    {
        List = Subject,
        Unit = Unit,
        From = Period.From,
        To = Period.To,
        Period = Period.Name,
        Options = new()
        {
            Settings = Settings.Count > 0 ? Settings : null,
            Map = Map,
            Where = Where,
            Filter = View.Filter,
            Sort = View.Sort,
            Descending = View.Descending ? true : null,
            Part = View.Part,
            Columns = View.Columns,
        },
    };
}

/// <param name="MapDay">The day by whose units the rows were found; null where it is that of each row.</param>
/// <param name="Total">Rows that pass the filter.</param>
public sealed record ListPage(ReportUnit Unit, DateOnly? MapDay, IReadOnlyList<EvidenceColumn> Columns, int Total, IReadOnlyList<object?[]> Rows);

/// <summary>The rows behind a figure or a cell of a form: a page of them, or all.</summary>
/// <param name="viewer">For whom; null for the program itself, which sees all.</param>
public sealed class ListPages(StatisticsSource source, Definitions definitions, Viewer? viewer = null)
{
    /// <exception cref="UnknownNameException">No such list, no such unit for this viewer, or it did not exist in the period.</exception>
    public async Task<ListPage> ReadAsync(ListRequest request, CancellationToken cancel)
    {
        var list = await ListAsync(request, null, cancel);
        using (list.Figure.Evidence)
            return new(list.Unit, list.MapDay, list.Figure.Evidence.Columns, list.Figure.Value, [.. list.Figure.Evidence.Rows()]);
    }

    /// <summary>As a figure whose value is the number of rows that pass the filter; its evidence are those of the view. To be disposed.</summary>
    /// <exception cref="UnknownNameException">No such list or setting, no such unit for this viewer, or it did not exist in the period.</exception>
    public async Task<FigureList> ListAsync(ListRequest request, IProgress<JobStep>? progress, CancellationToken cancel)
    {
        var period = request.Period;
        var subject = ListSubject.Find(definitions, request.Subject, period) ?? throw new UnknownNameException($"Không có danh sách “{request.Subject}”.");
        var asked = subject.Period;
        var where = ListConditions.Read(subject.Set, request.Where);
        var measure = subject.Measure with { Where = subject.Measure.Where.And(where) };
        if (request.View.Columns?.FirstOrDefault(key => !subject.Set.Columns.ContainsKey(key)) is { } unknown)
            throw new UnknownNameException($"Danh sách này không có cột “{unknown}”.");
        await using var snapshot = await TakeAsync(subject, period, cancel);
        var (units, listed, settings) = await OpenAsync(snapshot, request, cancel);
        var (total, evidence) = await snapshot.ListAsync(subject.Set, measure, request.Unit, Parts.RolesOf(listed.Role), Parts.AreBranches(listed.Role), new(asked, settings), request.View, progress, cancel);
        var chosen = FigureMaker.Conditions(subject.Set, measure.Where);
        return new(listed, await units.LetterheadAsync(request.Unit), units.MapDay, new()
        {
            Code = request.Subject,
            Caption = subject.Caption,
            CountedIn = subject.Indicator.CountedIn,
            IsStock = subject.Indicator.IsStock,
            IsOpening = subject.Indicator.IsOpening,
            Period = asked,
            Rule = subject.Indicator.RuleWith(settings) + (chosen.Length > 0 ? $".{chosen}" : ""),
            Meaning = subject.Indicator.MeaningWith(settings) + chosen,
            Value = total,
            Evidence = evidence,
        }, request.Question)
        { SnapshotPosition = snapshot.Position };
    }

    /// <summary>Of the columns of words, the values that the rows have that pass all other conditions, and how many have each; the words looked for play no part.</summary>
    /// <exception cref="UnknownNameException">As of <see cref="ListAsync"/>.</exception>
    public async Task<IReadOnlyDictionary<string, IReadOnlyList<(string? Value, int Count)>>> ValuesAsync(ListRequest request, CancellationToken cancel)
    {
        var subject = ListSubject.Find(definitions, request.Subject, request.Period) ?? throw new UnknownNameException($"Không có danh sách “{request.Subject}”.");
        await using var snapshot = await TakeAsync(subject, request.Period, cancel);
        var (_, _, settings) = await OpenAsync(snapshot, request, cancel);
        return await snapshot.ValuesAsync(subject.Set, subject.Measure, ListConditions.Read(subject.Set, request.Where), request.Unit, [.. subject.Set.Words.Keys], new(subject.Period, settings), cancel);
    }

    private Task<Snapshot> TakeAsync(ListSubject subject, Period period, CancellationToken cancel) => viewer is null
        ? Snapshot.TakeAsync(source, cancel)
        : Snapshot.TakeAsync(source, viewer, new(Earlier(subject.Period.From, period.From), Later(subject.Period.To, period.To)), cancel);

    private static async Task<(Units Units, ReportUnit Listed, Dictionary<string, int> Settings)> OpenAsync(Snapshot snapshot, ListRequest request, CancellationToken cancel)
    {
        var units = await Units.OfAsync(snapshot, request.Unit, request.Period, request.Map, cancel);
        var listed = await units.FindAsync(request.Unit);
        if (units.MapDay is { } day)
            await snapshot.OpenMapAsync(day, cancel);
        return (units, listed, (await SettingsOfRun.ReadAsync(snapshot, request.Settings, cancel)).ToDictionary(setting => setting.Code, setting => setting.Value));
    }

    private static DateOnly Earlier(DateOnly one, DateOnly other) => one < other ? one : other;

    private static DateOnly Later(DateOnly one, DateOnly other) => one > other ? one : other;
}
