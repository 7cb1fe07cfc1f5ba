namespace SinHo.Reporting.Runs;

/// <summary>How patient the workers are; everything follows from the lease.</summary>
/// <param name="Lease">How long a holder may be silent before another takes its job.</param>
public sealed record WorkTimes(TimeSpan Lease)
{
    /// <summary>For a machine that is busy with other things too.</summary>
    public static WorkTimes Usual { get; } = new(TimeSpan.FromSeconds(60));

    /// <summary>How often a job is tried, crashes included, before it has failed for good.</summary>
    public int MostAttempts { get; init; } = 5;

    /// <summary>How often a holder renews its lease, tells its step and asks whether to stop.</summary>
    public TimeSpan Beat => Lease / 60;

    /// <summary>How often a worker looks whether the bell still rings.</summary>
    public TimeSpan Watch => Lease / 2;

    /// <summary>After how long a job that nobody took is announced again.</summary>
    public TimeSpan RingAgain => Lease * 2;

    /// <summary>When an obligation whose job failed for good gets a new job.</summary>
    public TimeSpan ObligationRetry => Lease * 60;

    /// <summary>How long a job waits that may do better later: 10 seconds after the first attempt, then five times as long each.</summary>
    public TimeSpan RetryAfter(int attempts) => Lease / 6 * Math.Pow(5, attempts - 1);
}
