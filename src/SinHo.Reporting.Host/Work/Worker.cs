using Hangfire;
using SinHo.Reporting.Runs;

namespace SinHo.Reporting.Host.Work;

/// <summary>What Hangfire calls with the number of a job. Tries are counted in the job's own row, so Hangfire tries once.</summary>
public sealed partial class Worker(JobRunner runner, ILogger<Worker> log)
{
    [AutomaticRetry(Attempts = 0)]
    public async Task RunAsync(Guid job, CancellationToken cancel)
    {
        var run = await runner.RunAsync(job, cancel);
        if (run.Problem is not null && run.State is not JobState.Cancelled)
            Failed(run.Job, run.State, run.Problem);
    }

    [LoggerMessage(LogLevel.Warning, "Job {Job} ended as {State}")]
    private partial void Failed(Guid job, JobState? state, Exception problem);
}
