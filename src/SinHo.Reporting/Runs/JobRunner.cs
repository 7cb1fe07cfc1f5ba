using Npgsql;
using SinHo.Reporting.Facts;

namespace SinHo.Reporting.Runs;

/// <summary>How a job went in the hands of one worker.</summary>
/// <param name="State">Null where it was not to be had, was lost to another, or the database went away.</param>
/// <param name="Problem">For the log: what was thrown.</param>
public sealed record JobEnd(Guid Job, JobState? State, Exception? Problem);

/// <summary>Takes a job, has its work done, and writes down how it ended. Being called twice for one job does no harm.</summary>
/// <param name="worker">Who holds the jobs: machine and process.</param>
/// <param name="works">What to do for each kind of job; the work itself finishes the job through its hold.</param>
public sealed class JobRunner(Jobs jobs, WorkTimes times, string worker, IReadOnlyDictionary<string, Func<JobHold, Task>> works)
{
    /// <param name="stop">The program stops: the job is given back for another worker.</param>
    public async Task<JobEnd> RunAsync(Guid id, CancellationToken stop)
    {
        await using var hold = await jobs.ClaimAsync(id, worker, stop);
        if (hold is null)
            return new(id, null, null);
        try
        {
            hold.Cancel.ThrowIfCancellationRequested();
            if (!works.TryGetValue(hold.Job.Kind, out var work))
                throw new InvalidOperationException($"Nobody here does work of kind {hold.Job.Kind}.");
            new ReaderPosition(hold.Job.AskedPosition).Enter();
            await work(hold);
            return new(id, JobState.Done, null);
        }
        catch (Exception problem)
        {
            return await SettleAsync(hold, problem, stop);
        }
    }

    private async Task<JobEnd> SettleAsync(JobHold hold, Exception problem, CancellationToken stop)
    {
        try
        {
            return new(hold.Job.JobId, await EndAsync(hold, problem, stop), problem);
        }
        catch (NpgsqlException away)
        {
            // The row keeps its lease; when that is over, somebody takes the job up again.
            return new(hold.Job.JobId, null, away);
        }
    }

    private async Task<JobState?> EndAsync(JobHold hold, Exception problem, CancellationToken stop)
    {
        if (problem is LeaseLostException || hold.IsLost)
            return null;
        if (hold.IsCancelled)
        {
            await hold.CancelledAsync();
            return JobState.Cancelled;
        }

        if (stop.IsCancellationRequested)
        {
            await hold.ReleaseAsync();
            return JobState.Waiting;
        }

        var fault = Fault.Of(problem);
        var attempts = hold.Job.Attempts;
        if (fault.MayPass && attempts < times.MostAttempts)
        {
            await hold.RetryAsync(fault.Sentence, times.RetryAfter(attempts));
            return JobState.Waiting;
        }

        await hold.FailAsync(fault.Sentence);
        return JobState.Failed;
    }
}
