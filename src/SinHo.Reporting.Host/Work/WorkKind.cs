using SinHo.Reporting.Runs;

namespace SinHo.Reporting.Host.Work;

/// <summary>Says what to do for jobs of a kind; registered as a service, one per kind.</summary>
/// <param name="Do">Does the work and finishes the job through its hold.</param>
public sealed record WorkKind(string Kind, Func<JobHold, Task> Do);

/// <summary>This process among the workers: machine and process.</summary>
public sealed record WorkerName(string Text)
{
    public static WorkerName Here { get; } = new($"{Environment.MachineName}/{Environment.ProcessId}");
}
