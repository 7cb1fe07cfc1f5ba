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
        if (!chosen.IsFor(run.Unit.Role))
            throw new UnknownNameException($"Báo cáo {chosen.Name} chỉ lập cho {string.Join(", ", chosen.Roles.SelectMany(role => Levels.All.Where(level => level.Role == role)).Select(level => level.Name))}; {run.Unit.Name} là {run.Unit.Level}.");
        return await run.BuildAsync(chosen);
    }

    /// <summary>
    /// The whole set of reports for a kind of period, in the order of their names, from one snapshot: no two of them can disagree.
    /// Those that are not made for units like this one are left out. The request's own report plays no part.
    /// </summary>
    /// <param name="kind">"year", "half", "quarter", "month", "term" or "from": where the definitions say that they belong.</param>
    /// <param name="each">Called with each finished report, which is dropped after it.</param>
    /// <exception cref="UnknownNameException">No such edition, unit or setting, or the unit did not exist in the period.</exception>
    public async Task BuildAllAsync(ReportRequest request, string kind, Func<Report, Task> each, IProgress<JobStep>? progress, CancellationToken cancel)
    {
        var chosen = Choice.AllOf(definitions, request, kind);
        await using var run = await StartAsync(chosen, request, progress, cancel);
        foreach (var definition in chosen.Where(definition => definition.IsFor(run.Unit.Role)))
        {
            using var report = await run.BuildAsync(definition);
            await each(report);
        }
    }

    private async Task<ReportRun> StartAsync(IReadOnlyList<ReportDefinition> chosen, ReportRequest request, IProgress<JobStep>? progress, CancellationToken cancel)
    {
        var plans = chosen.Select(definition => new ReportPlan(definitions, definition, request.Period, request.Calendar)).ToList();
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

    /// <summary>All days that reports ask about: the column of last year, the first calendar year and charts may begin before the period.</summary>
    private static Period Window(IEnumerable<ReportPlan> plans, Period period)
    {
        var asked = plans.SelectMany(plan => plan.Asked.Concat(plan.Charts.Asked)).Select(address => address.Period).Append(period).ToList();
        return new(asked.Min(one => one.From), asked.Max(one => one.To));
    }
}
