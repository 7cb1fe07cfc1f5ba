using System.Globalization;
using SinHo.Reporting.Catalog;
using SinHo.Reporting.Facts;
using SinHo.Reporting.Figures;
using SinHo.Reporting.Words;

namespace SinHo.Reporting.Reports;

/// <summary>Everything that one or more reports of a unit and period ask, answered from one snapshot, which stays open for rows.</summary>
internal sealed class ReportRun : IAsyncDisposable
{
    private static readonly Measure Members = Measure.Of("members");

    private readonly Snapshot snapshot;
    private readonly Definitions definitions;
    private readonly ReportRequest request;
    private readonly IProgress<JobStep>? progress;
    private readonly CancellationToken cancel;
    private readonly Dictionary<ReportDefinition, (ReportPlan Plan, IReadOnlyList<Part> Parts)> planned = new(ReferenceEqualityComparer.Instance);
    private IReadOnlyList<Setting> settings = [];
    private Dictionary<string, int> byName = [];
    private Answers answers = null!;
    private Letterhead letterhead = null!;
    private DateOnly? dataUntil;
    private DateOnly? mapDay;

    private ReportRun(Snapshot snapshot, Definitions definitions, ReportRequest request, IProgress<JobStep>? progress, CancellationToken cancel)
    {
        this.snapshot = snapshot;
        this.definitions = definitions;
        this.request = request;
        this.progress = progress;
        this.cancel = cancel;
    }

    public ReportUnit Unit { get; private set; } = null!;

    private Address MembersThen => Address.Of(Members, new(request.Period.To, request.Period.To));

    /// <exception cref="UnknownNameException">No such unit or setting, or the unit did not exist in the period.</exception>
    public static async Task<ReportRun> StartAsync(
        Snapshot snapshot, Definitions definitions, IReadOnlyList<ReportPlan> plans, ReportRequest request, IProgress<JobStep>? progress, CancellationToken cancel)
    {
        var run = new ReportRun(snapshot, definitions, request, progress, cancel);
        await run.AskAsync(plans);
        return run;
    }

    /// <param name="withRows">Whether the rows behind the figures are read; null as the request says.</param>
    public async Task<Report> BuildAsync(ReportDefinition definition, bool? withRows = null)
    {
        var (plan, parts) = planned[definition];
        return await BuildAsync(definition, plan, parts, withRows ?? (request.WithEvidence && (definition.Form is null || request.EvidenceUpTo is not { } most || answers[MembersThen] <= most)));
    }

    private async Task<Report> BuildAsync(ReportDefinition definition, ReportPlan plan, IReadOnlyList<Part> parts, bool withRows)
    {
        using var figures = new FigureMaker(snapshot, definitions, answers, Unit, byName, withRows, plan.Opened, progress, cancel);
        var drawn = ChartsAsync(plan);
        await Task.WhenAll(drawn, figures.ReadAsync());
        var assembly = new ReportAssembly(definitions, plan, answers, Unit, figures);
        var groups = await assembly.GroupsAsync();
        var communes = definition.Form is { RowsByCommune: true } byCommune
            ? await new CommuneAssembly(snapshot, definitions, plan, byCommune, Unit, byName, figures, mapDay, cancel).AssembleAsync() : null;
        var form = communes?.Form ?? (definition.Form is { } table ? await new FormAssembly(plan, table, answers, Unit, figures).AssembleAsync() : null);
        var before = await new SignedBefore(snapshot, plan, Unit, cancel).AskAsync();
        var used = plan.Asked.SelectMany(address => definitions[address.Measure.Figure].Indicator.Settings).ToHashSet();
        var report = new Report
        {
            Name = definition.Name,
            Template = definition.Template,
            Letter = File.Exists(definition.Letter) ? definition.Letter : null,
            Title = assembly.Title,
            Subject = assembly.Subject,
            Edition = assembly.Edition,
            Question = request.Question with { Report = definition.Name },
            Letterhead = letterhead,
            Unit = Unit,
            Period = plan.Period,
            Settings = [.. settings.Where(setting => used.Contains(setting.Code))],
            Groups = groups,
            Form = form,
            Notices = [.. OnMap(), .. assembly.Notices(), .. before?.Notices ?? [], .. dataUntil is { } until ? new[] { $"Số liệu đến ngày {Vietnamese.Day(until)}." } : []],
            DataUntil = dataUntil,
            MapDay = mapDay,
            Bridge = mapDay is null ? [] : await BridgeAsync(plan.Period),
            Splits = mapDay is null ? [] : [.. await snapshot.QueryAsync<SplitBranch>(
                "select code as Code, name as Name, day as Day, successors as Successors, becomes as Becomes from split_on_map(@code, @from)", new { code = Unit.Code, from = plan.Days.From }, cancel)],
            HasEvidence = withRows,
            Charts = await drawn,
            Squares = communes?.Squares ?? [],
            Villages = communes?.Villages ?? [],
            VillagesSince = communes?.VillagesSince,
            Breakdown = assembly.Breakdown(parts),
            Narrative = await assembly.NarrativeAsync(parts, mapDay),
            Checks = [.. communes?.Checks ?? [], .. new Proofs(definitions, plan, answers, Unit, parts).All(), .. before?.Checks(answers) ?? [], .. await MembersInPartsAsync(parts, figures, withRows), await FirstAdmissionsAsync(plan, figures, withRows)],
            Statements = LinearStatements.Of(definitions, plan),
            LastImport = (await snapshot.QueryAsync<long>("select import_end()", new { }, cancel)).Single(),
            SnapshotAt = snapshot.TakenAt,
            SnapshotPosition = snapshot.Position,
            ProgramVersion = ReportBuilder.ProgramVersion,
        };
        return withRows ? report with { Checks = [.. report.Checks, RowsAreWhole([.. report.Figures])] } : report;
    }

    /// <summary>The parts of the unit by a number of the report, the largest first.</summary>
    /// <param name="code">"members", or "B1.now" of a form.</param>
    /// <exception cref="UnknownNameException">The report has no such number, or the unit no parts.</exception>
    public Ranking Rank(ReportDefinition definition, string code)
    {
        var (plan, parts) = planned[definition];
        if (parts.Count == 0)
            throw new UnknownNameException($"{Unit.Name} không có đơn vị trực thuộc nào trong kỳ để xếp thứ tự.");
        var known = plan.Codes.ToDictionary(one => one.Code, one => one.Address, StringComparer.Ordinal);
        if (!known.TryGetValue(code, out var address))
        {
            var nearest = NearestWord.To(code, known.Keys);
            throw new UnknownNameException($"Báo cáo {definition.Name} không có số liệu “{code}” để xếp thứ tự{(nearest is null ? $"; các mã: {string.Join(", ", known.Keys)}." : $". Có phải “{nearest}”?")}");
        }
        var values = parts.Select(part => (part.Code, part.Name, Value: answers.Of(part.Code, address))).OrderByDescending(part => part.Value).ThenBy(part => part.Code, StringComparer.Ordinal).ToList();
        var (total, indicator) = (answers[address], definitions[address.Measure.Figure].Indicator);
        return new(Unit, plan.Period, code, indicator.Caption, indicator.CountedIn, total,
        [
            .. values.Select(part => new RankedUnit(
                part.Code, part.Name, part.Value, total == 0 ? null : Math.Round(part.Value * 100m / total, 2, MidpointRounding.AwayFromZero), 1 + values.Count(other => other.Value > part.Value))),
        ]);
    }

    private IEnumerable<string> OnMap()
    {
        if (mapDay is { } day)
            yield return $"Số liệu tính theo địa bàn ngày {Vietnamese.Day(day)} (bản đồ mới): đơn vị cũ được tính vào đơn vị kế thừa; xem tờ Đối chiếu địa bàn.";
    }

    /// <summary>What each organisation of that time gave to the figures that people compare. Source: docs/spec, figures, Today's map.</summary>
    private async Task<IReadOnlyList<BridgeRow>> BridgeAsync(Period period)
    {
        var rows = new List<BridgeRow>();
        foreach (var code in new[] { "opening", "admissions", "members" })
        {
            var (set, indicator) = definitions[code];
            foreach (var (unit, value) in await snapshot.BridgeAsync(set, Measure.Of(code), Unit.Code, new(period, byName), cancel))
                rows.Add(new(unit, "", code, indicator.Caption, checked((int)value)));
        }
        var names = (await snapshot.QueryAsync<(string Code, string Name)>("""
            select distinct on (code) code::text, name from org_version where code = any (@codes) and valid_from <= @to order by code, valid_from desc
            """, new { codes = rows.Select(row => row.Unit).Distinct().ToArray(), to = period.To }, cancel)).ToDictionary(name => name.Code, name => name.Name, StringComparer.Ordinal);
        return [.. rows.Select(row => row with { Name = names.GetValueOrDefault(row.Unit, "Không thuộc tổ chức cơ sở đảng nào") })];
    }

    /// <summary>Asked of the unit alone.</summary>
    private async Task<IReadOnlyList<Chart>> ChartsAsync(ReportPlan plan)
    {
        if (!(request.WithEvidence || request.WithCharts) || plan.Definition.Charts.Count == 0)
            return [];
        using var span = Spans.Begin(Spans.Figures, "charts");
        var charts = plan.Charts;
        return charts.Charts(await Answers.CollectAsync(snapshot, definitions, charts.Asked, Unit.Code, [], byName, progress, cancel));
    }

    public ValueTask DisposeAsync() => snapshot.DisposeAsync();

    private async Task AskAsync(IReadOnlyList<ReportPlan> plans)
    {
        var units = await Units.OfAsync(snapshot, request.Unit, request.Period, request.OnMap ? request.Period.To : null, cancel);
        mapDay = units.MapDay;
        if (mapDay is { } map)
            await snapshot.OpenMapAsync(map, cancel);
        Unit = await units.FindAsync(request.Unit);
        letterhead = await units.LetterheadAsync(request.Unit);
        // On a map there is no period in which the unit was not there.
        var life = request.OnMap ? UnitLife.Always : await units.LifeAsync(request.Unit);
        plans = [.. plans.Select(plan => plan.Of(life, mapDay))];
        foreach (var plan in plans)
            planned[plan.Definition] = (plan, await units.PartsAsync(Unit, mapDay is { } day ? new(day, day) : plan.Span));
        settings = await SettingsOfRun.ReadAsync(snapshot, request.Settings, cancel);
        byName = settings.ToDictionary(setting => setting.Code, setting => setting.Value);
        dataUntil = (await snapshot.QueryAsync<DateOnly?>("select data_until()", new { }, cancel)).Single();
        await snapshot.WidenAsync(cancel);
        using var span = Spans.Begin(Spans.Figures);
        answers = await Answers.CollectAsync(
            snapshot, definitions, plans.SelectMany(plan => plan.Asked.Append(FirstAdmissions(plan))).Append(MembersThen), Unit.Code, Parts.RolesOf(Unit.Role), byName, progress, cancel);
    }

    /// <summary>Stocks of parts add up to the unit's only while every member is in one; who is not is named where lists are.</summary>
    private async Task<IReadOnlyList<Check>> MembersInPartsAsync(IReadOnlyList<Part> parts, FigureMaker figures, bool withRows)
    {
        if (parts.Count == 0)
            return [];
        var outside = answers.Outside(parts, MembersThen);
        var detail = outside == 0 ? $"{Vietnamese.Number(answers[MembersThen])} đảng viên, {Vietnamese.Number(parts.Count)} đơn vị" : $"{Vietnamese.Number(outside)} đảng viên ngoài các đơn vị";
        var bare = detail;
        if (outside > 0 && withRows)
        {
            using var members = await figures.RowsByPartAsync(MembersThen);
            detail += $": {string.Join(", ", members.Rows().Where(row => row[^1] is null).Select(row => row[0]))}";
        }
        return [new("members_in_parts", "Mỗi đảng viên cuối kỳ ở trong một đơn vị của bảng theo đơn vị", outside == 0, detail) { WithoutPeople = detail == bare ? null : bare }];
    }

    /// <summary>
    /// Who was on the roll before the first admission that is written down counts as official on those days: a gap of the register, named where lists are.
    /// Source: docs/spec, exchange-workbook, cycles.
    /// </summary>
    private async Task<Check> FirstAdmissionsAsync(ReportPlan plan, FigureMaker figures, bool withRows)
    {
        var address = FirstAdmissions(plan);
        var people = answers[address];
        var detail = people == 0
            ? $"Từ {Vietnamese.Day(plan.Days.From)} đến {Vietnamese.Day(plan.Days.To)} không có ai"
            : $"{Vietnamese.Number(people)} đảng viên được tính là chính thức trong những ngày trước lần kết nạp đầu tiên được ghi; hãy ghi Ngày vào Đảng lần đầu và Ngày chính thức lần đầu";
        var bare = detail;
        if (people > 0 && withRows)
        {
            using var unknown = await figures.RowsAsync(address);
            detail += $": {string.Join(", ", unknown.Rows().Select(row => $"{row[0]} {row[1]}"))}";
        }
        return new("first_admission_unknown", "Ai có trong danh sách cũng có lần kết nạp đầu tiên được ghi", people == 0, detail, List: people == 0 ? null : new(address.Measure.Figure, address.Period.From, address.Period.To)) { WithoutPeople = detail == bare ? null : bare };
    }

    private static Address FirstAdmissions(ReportPlan plan) => Address.Of(Measure.Of("first_admission_unknown"), plan.Days);

    private static Check RowsAreWhole(List<Figure> figures)
    {
        var broken = figures.Where(figure => figure.Evidence.Count != figure.Value).ToList();
        return new("evidence_count", "Mỗi số liệu bằng số dòng của danh sách kèm theo", broken.Count == 0, broken.Count == 0
            ? string.Create(CultureInfo.InvariantCulture, $"{figures.Count} số liệu, {Vietnamese.Number(figures.Sum(figure => figure.Value))} dòng")
            : string.Join("; ", broken.Select(figure => $"{figure.Caption}: {Vietnamese.Number(figure.Value)} ≠ {Vietnamese.Number(figure.Evidence.Count)}")), figures.Count)
        { IsOfLists = true };
    }
}
