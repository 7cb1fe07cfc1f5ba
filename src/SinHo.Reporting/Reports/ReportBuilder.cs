using System.Reflection;
using Npgsql;
using SinHo.Reporting.Access;
using SinHo.Reporting.Catalog;
using SinHo.Reporting.Facts;
using SinHo.Reporting.Figures;
using SinHo.Reporting.Register;

namespace SinHo.Reporting.Reports;

/// <summary>Makes reports: plans what to ask, asks it all in one snapshot, puts the answers together and proves what must hold.</summary>
/// <param name="viewer">For whom; null for the program itself, which sees all.</param>
public sealed class ReportBuilder(StatisticsSource source, Definitions definitions, Viewer? viewer = null)
{
    public ReportBuilder(NpgsqlDataSource database, Definitions definitions, Viewer? viewer = null)
        : this(new StatisticsSource(database), definitions, viewer)
    {
    }

    public static string ProgramVersion { get; } =
        typeof(ReportBuilder).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "";

    /// <exception cref="UnknownNameException">No such report, edition, unit or setting, the unit did not exist in the period, or the report is not made for units like it.</exception>
    public async Task<Report> BuildAsync(ReportRequest request, IProgress<JobStep>? progress, CancellationToken cancel)
    {
        var chosen = Choice.Of(definitions, request);
        await using var run = await StartAsync([chosen], request, progress, cancel);
        RefuseOthers(chosen, run.Unit);
        return await run.BuildAsync(chosen);
    }

    /// <summary>
    /// The whole set of reports for a kind of period, in the order of their names, from one snapshot: no two of them can disagree.
    /// Those that are not made for units like this one are left out. The request's own report plays no part.
    /// </summary>
    /// <param name="kind">"year", "half", "quarter", "month", "term" or "from": where the definitions say that they belong.</param>
    /// <param name="each">Called with each finished report, which is dropped after it; while it works the next are made, and called for too, as many at a time as the machine has cores.</param>
    /// <exception cref="UnknownNameException">No such edition, unit or setting, or the unit did not exist in the period.</exception>
    public async Task BuildAllAsync(ReportRequest request, string kind, Func<Report, Task> each, IProgress<JobStep>? progress, CancellationToken cancel)
    {
        var chosen = Choice.AllOf(definitions, request, kind);
        await using var run = await StartAsync(chosen, request, progress, cancel);
        var working = new List<Task>();
        try
        {
            foreach (var definition in chosen.Where(definition => definition.IsFor(run.Unit)))
            {
                if (working.Count(task => !task.IsCompleted) >= Environment.ProcessorCount)
                    await Task.WhenAny(working.Where(task => !task.IsCompleted));
                if (working.Find(task => task.IsFaulted) is { } failed)
                    await failed;
                working.Add(WorkAsync(await run.BuildAsync(definition)));
            }
        }
        finally
        {
            await Task.WhenAll(working);
        }

        async Task WorkAsync(Report report)
        {
            using (report)
                await each(report);
        }
    }

    /// <summary>The same report of two periods, from one snapshot: what differs is of the periods alone.</summary>
    /// <param name="then">The other period.</param>
    /// <param name="calendar">That of the other period.</param>
    /// <exception cref="UnknownNameException">As of <see cref="BuildAsync"/>, of either period.</exception>
    public async Task<(Report Now, Report Then)> BuildBothAsync(ReportRequest request, Period then, ReportingCalendar calendar, IProgress<JobStep>? progress, CancellationToken cancel)
    {
        var asked = (ReportRequest[])[request, request with { Period = then, Calendar = calendar }];
        var terms = new[] { await TermStartAsync(request.Period, cancel), await TermStartAsync(then, cancel) };
        var windows = asked.Select((one, index) => Window([new(definitions, Choice.Of(definitions, one), one.Period, one.Calendar, termStart: terms[index])], one.Period)).ToList();
        await using var snapshot = viewer is null
            ? await Snapshot.TakeAsync(source, cancel)
            : await Snapshot.TakeAsync(source, viewer, new(windows.Min(one => one.From), windows.Max(one => one.To)), cancel);
        var now = await BuildAsync(asked[0]);
        try
        {
            return (now, await BuildAsync(asked[1]));
        }
        catch
        {
            now.Dispose();
            throw;
        }

        async Task<Report> BuildAsync(ReportRequest one)
        {
            var chosen = Choice.Of(definitions, one);
            var run = await ReportRun.StartAsync(snapshot, definitions, [new(definitions, chosen, one.Period, one.Calendar, termStart: terms[Array.IndexOf(asked, one)])], one, progress, cancel);
            RefuseOthers(chosen, run.Unit);
            return await run.BuildAsync(chosen);
        }
    }

    /// <summary>
    /// A report as it is asked, the same with every row behind its figures, and the same without any, from one snapshot. Each is one of the others where it was
    /// asked so.
    /// </summary>
    /// <exception cref="UnknownNameException">As of <see cref="BuildAsync"/>.</exception>
    public async Task<(Report Asked, Report Whole, Report Bare)> BuildWithRowsAsync(ReportRequest request, IProgress<JobStep>? progress, CancellationToken cancel)
    {
        var chosen = Choice.Of(definitions, request);
        await using var run = await StartAsync([chosen], request, progress, cancel);
        RefuseOthers(chosen, run.Unit);
        var asked = await run.BuildAsync(chosen);
        try
        {
            return asked.HasEvidence
                ? (asked, asked, await run.BuildAsync(chosen, withRows: false))
                : (asked, await run.BuildAsync(chosen, withRows: true), asked);
        }
        catch
        {
            asked.Dispose();
            throw;
        }
    }

    /// <summary>The parts of the unit by one number of the report.</summary>
    /// <exception cref="UnknownNameException">As of <see cref="BuildAsync"/>; or no such number, or no parts.</exception>
    public async Task<Ranking> RankAsync(ReportRequest request, string figure, IProgress<JobStep>? progress, CancellationToken cancel)
    {
        var chosen = Choice.Of(definitions, request);
        await using var run = await StartAsync([chosen], request, progress, cancel);
        RefuseOthers(chosen, run.Unit);
        return run.Rank(chosen, figure);
    }

    /// <exception cref="UnknownNameException">The report is not made for units like it.</exception>
    private static void RefuseOthers(ReportDefinition chosen, ReportUnit unit)
    {
        if (!chosen.IsFor(unit))
            throw new UnknownNameException($"Báo cáo {chosen.Name} chỉ lập cho {string.Join(", ", chosen.Roles.SelectMany(role => role == ReportDefinition.CommuneCommittee ? ["đảng bộ xã, phường, thị trấn, đặc khu"] : Levels.All.Where(level => level.Role == role).Select(level => level.Name)))}; {unit.Name} là {unit.Level}.");
    }

    private async Task<ReportRun> StartAsync(IReadOnlyList<ReportDefinition> chosen, ReportRequest request, IProgress<JobStep>? progress, CancellationToken cancel)
    {
        var termStart = await TermStartAsync(request.Period, cancel);
        var plans = chosen.Select(definition => new ReportPlan(definitions, definition, request.Period, request.Calendar, termStart: termStart)).ToList();
        var snapshot = viewer is null
            ? await Snapshot.TakeAsync(source, cancel)
            : await Snapshot.TakeAsync(source, viewer, Window(plans, request.Period), cancel);
        try
        {
            return await ReportRun.StartAsync(snapshot, definitions, plans, request, progress, cancel);
        }
        catch
        {
            await snapshot.DisposeAsync();
            throw;
        }
    }

    /// <summary>The first day of the term that holds on the last day of the period; null where none is known. Terms are everybody's.</summary>
    private async Task<DateOnly?> TermStartAsync(Period period, CancellationToken cancel)
    {
        await using var snapshot = await Snapshot.TakeAsync(source, cancel);
        return (await snapshot.QueryAsync<DateOnly?>(
            "select valid_from from term where valid_from <= @day and valid_until >= @day order by valid_from desc limit 1", new { day = period.To }, cancel)).FirstOrDefault();
    }

    /// <summary>All days that reports ask about: the column of last year, the first calendar year and charts may begin before the period.</summary>
    private static Period Window(IEnumerable<ReportPlan> plans, Period period)
    {
        var asked = plans.SelectMany(plan => plan.Asked.Concat(plan.Charts.Asked)).Select(address => address.Period).Append(period).ToList();
        return new(asked.Min(one => one.From), asked.Max(one => one.To));
    }
}
