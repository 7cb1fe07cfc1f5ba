using SinHo.Reporting.Access;
using SinHo.Reporting.Facts;
using SinHo.Reporting.Figures;
using SinHo.Reporting.Host.Work;
using SinHo.Reporting.Reports;
using SinHo.Reporting.Runs;

namespace SinHo.Reporting.Host.Web;

/// <summary>Files that a viewer asks for. Jobs run without a viewer: whether he may know of the unit is asked before there is one.</summary>
public sealed class Orders(StatisticsSource source, Jobs jobs, Bell bell)
{
    /// <param name="by">The account's name.</param>
    /// <returns>The job, which may be one that runs already.</returns>
    /// <exception cref="UnknownNameException">No such unit for this viewer, or it did not exist in the period; nothing was asked for.</exception>
    public Task<Guid> ReportAsync(Viewer viewer, ReportWish wish, string by, CancellationToken cancel) =>
        AskAsync(viewer, Right.MakeReports, wish.Unit, wish.Period, wish.Map(), ReportWork.Wish(wish, by), cancel);

    /// <param name="by">The account's name.</param>
    /// <returns>The job, which may be one that runs already.</returns>
    /// <exception cref="UnknownNameException">No such unit for this viewer, or it did not exist in the period; nothing was asked for.</exception>
    public Task<Guid> ListAsync(Viewer viewer, ListWish wish, string by, CancellationToken cancel) =>
        AskAsync(viewer, Right.OpenPeople, wish.Unit, wish.Period, wish.Map, ListWork.Wish(wish, by), cancel);

    private async Task<Guid> AskAsync(Viewer viewer, Right right, string unit, Period period, DateOnly? map, JobWish wish, CancellationToken cancel)
    {
        if (!viewer.May(right))
            throw new UnauthorizedAccessException($"The account lacks the right {right}.");
        await new UnitDirectory(source, viewer).FindAsync(unit, period, map, cancel);
        var job = await jobs.SubmitAsync(wish, cancel);
        bell.Ring(job);
        return job;
    }
}
