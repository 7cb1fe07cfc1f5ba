using Hangfire;
using SinHo.Reporting.Backups;
using SinHo.Reporting.Runs;
using SinHo.Reporting.Words;

namespace SinHo.Reporting.Host.Work;

/// <summary>
/// Hangfire, and nothing but a bell: it says to some worker "look at this job". It may ring twice, late or not at all; what is to be done stands in
/// our own tables, and the tick rings again for what nobody took.
/// </summary>
public sealed class Bell(IBackgroundJobClient hangfire, Tick tick, Jobs jobs, BackupWork backups, WorkerName worker, TimeProvider clock)
{
    public const string RecurringId = "tick";

    /// <summary>A queue of its own, so that long work does not hold up the tick.</summary>
    public const string TickQueue = "bell";

    /// <summary>Hangfire.PostgreSql takes queues in the order of their names: what a user waits for goes first.</summary>
    public const string AskedQueue = "asked";
    public const string DueQueue = "due";

    /// <summary>Tells a worker of a job that a user waits for.</summary>
    public void Ring(Guid job) => hangfire.Enqueue<Worker>(AskedQueue, one => one.RunAsync(job, CancellationToken.None));

    /// <summary>Looks what is due and not done, and rings for each.</summary>
    [AutomaticRetry(Attempts = 0)]
    public async Task TickAsync(CancellationToken cancel)
    {
        await backups.SubmitDueAsync(jobs, cancel);
        foreach (var job in await tick.RunAsync(worker.Text, Vietnamese.Today(clock.GetUtcNow()), cancel))
            hangfire.Enqueue<Worker>(DueQueue, one => one.RunAsync(job, CancellationToken.None));
    }
}
