using System.Diagnostics;
using Dapper;
using Npgsql;
using SinHo.Reporting.Figures;

namespace SinHo.Reporting.Runs;

/// <summary>
/// A job in the hands of one worker: a lease that is renewed while this lives, and the epoch under which alone the job may be finished.
/// What is reported here is what the page shows.
/// </summary>
public sealed class JobHold : IProgress<JobStep>, IAsyncDisposable
{
    private readonly NpgsqlDataSource database;
    private readonly WorkTimes times;
    private readonly CancellationToken stop;
    private readonly CancellationTokenSource end;
    private readonly CancellationTokenSource rest = new();
    private readonly Task beating;
    private (string Step, int Done, int Total) now = ("Bắt đầu", 0, 0);

    internal JobHold(NpgsqlDataSource database, WorkTimes times, Job job, CancellationToken stop)
    {
        this.database = database;
        this.times = times;
        this.stop = stop;
        Job = job;
        end = CancellationTokenSource.CreateLinkedTokenSource(stop);
        IsCancelled = job.CancelRequested;
        if (IsCancelled)
            end.Cancel();
        beating = BeatAsync();
    }

    /// <summary>The job as it was when it was taken.</summary>
    public Job Job { get; }

    public int Epoch => Job.Epoch;

    /// <summary>Cancelled when a user asks for it, the lease is lost, or the program stops.</summary>
    public CancellationToken Cancel => end.Token;

    /// <summary>Whether a user asked to stop.</summary>
    public bool IsCancelled { get; private set; }

    /// <summary>Whether another may hold the job by now.</summary>
    public bool IsLost { get; private set; }

    /// <summary>What is being done; shown within a second or so.</summary>
    public void Report(JobStep value) => now = (
        value.Detail is null ? value.Phase : $"{value.Phase}: {value.Detail}",
        (int)(100 * value.Share ?? 0),
        value.Share is null ? 0 : 100);

    /// <summary>So many of so many: the page shows count and percent.</summary>
    public void Report(string step, int done, int total) => now = (step, done, total);

    /// <summary>Writes the step at once, renews the lease, and stops here if somebody asked for it.</summary>
    /// <exception cref="LeaseLostException">Another holds the job.</exception>
    /// <exception cref="OperationCanceledException">A user asked to stop.</exception>
    public async Task StepAsync(string step)
    {
        Report(new JobStep(step));
        Cancel.ThrowIfCancellationRequested();
        if (!await RenewAsync(Cancel))
            throw new LeaseLostException();
        Cancel.ThrowIfCancellationRequested();
    }

    /// <summary>Takes the row of the job for the rest of a transaction, so that what is written there is the holder's.</summary>
    /// <exception cref="LeaseLostException">Another holds the job.</exception>
    public async Task GuardAsync(NpgsqlTransaction transaction)
    {
        if (!await transaction.Connection!.ExecuteScalarAsync<bool>(new CommandDefinition(
            "select true from job where job_id = @JobId and epoch = @Epoch and state = 'running' for update", new { Job.JobId, Epoch }, transaction, cancellationToken: Cancel)))
            throw new LeaseLostException();
    }

    /// <summary>Keeps with the job where the snapshot was taken from which it made its file.</summary>
    /// <param name="position">Null where no server was read from.</param>
    public Task KeepPositionAsync(NpgsqlTransaction transaction, LogPosition? position) => transaction.Connection!.ExecuteAsync(new CommandDefinition(
        "update job set snapshot_server = @Server, snapshot_position = @Log::pg_lsn where job_id = @JobId and epoch = @Epoch",
        new { position?.Server, position?.Log, Job.JobId, Epoch }, transaction, cancellationToken: Cancel));

    /// <summary>Finishes the job, together with what else the transaction holds, if this is still its holder.</summary>
    /// <param name="outcome">JSON of what came of it, or null.</param>
    /// <exception cref="LeaseLostException">Another holds the job; nothing may be committed.</exception>
    public async Task FinishAsync(NpgsqlTransaction transaction, Guid? issued, Guid? file, string? outcome)
    {
        var finished = await transaction.Connection!.ExecuteAsync(new CommandDefinition("""
            update job
            set state = 'done', step = 'Xong', lease_until = null, finished_at = clock_timestamp(), error = null,
                issued_id = @issued, file_id = @file, outcome = @outcome::jsonb
            where job_id = @JobId and epoch = @Epoch and state = 'running'
            """, new { Job.JobId, Epoch, issued, file, outcome }, transaction, cancellationToken: Cancel));
        if (finished == 0)
            throw new LeaseLostException();
    }

    /// <summary>As <see cref="FinishAsync(NpgsqlTransaction, Guid?, Guid?, string?)"/>, in a transaction of its own.</summary>
    public async Task FinishAsync(Guid? issued, Guid? file, string? outcome)
    {
        await using var connection = await database.OpenAsync(Cancel);
        await using var transaction = await connection.BeginTransactionAsync(Cancel);
        await FinishAsync(transaction, issued, file, outcome);
        // Once done, a beat finds nothing to hold; it must not break off the commit.
        await transaction.CommitAsync(CancellationToken.None);
    }

    /// <summary>Gives the job back untouched: the program stops.</summary>
    internal Task ReleaseAsync() => SettleAsync("state = 'waiting', attempts = attempts - 1, rung_at = null", null, TimeSpan.Zero);

    internal Task CancelledAsync() => SettleAsync("state = 'cancelled', finished_at = clock_timestamp()", null, TimeSpan.Zero);

    internal Task FailAsync(string error) => SettleAsync("state = 'failed', finished_at = clock_timestamp()", error, TimeSpan.Zero);

    internal Task RetryAsync(string error, TimeSpan after) => SettleAsync("state = 'waiting'", error, after);

    public async ValueTask DisposeAsync()
    {
        await rest.CancelAsync();
        await beating;
        rest.Dispose();
        end.Dispose();
    }

    private async Task SettleAsync(string set, string? error, TimeSpan after)
    {
        await using var connection = await database.OpenAsync(CancellationToken.None);
        await connection.ExecuteAsync($"""
            with settled as (
                update job
                set {set}, lease_until = null, error = @error, not_before = clock_timestamp() + @after
                where job_id = @JobId and epoch = @Epoch and state = 'running'
                returning job_id, state, error
            )
            {Jobs.SettleObligation("settled")}
            """, new { Job.JobId, Epoch, error, after, retry = times.ObligationRetry });
    }

    private async Task BeatAsync()
    {
        var heard = Stopwatch.StartNew();
        using var timer = new PeriodicTimer(times.Beat);
        try
        {
            while (await timer.WaitForNextTickAsync(rest.Token))
            {
                try
                {
                    if (!await RenewAsync(rest.Token))
                        return;
                    heard.Restart();
                }
                catch (NpgsqlException) when (heard.Elapsed < times.Lease)
                {
                    // The database may come back before the lease is over.
                }
                catch (NpgsqlException)
                {
                    IsLost = true;
                    await end.CancelAsync();
                    return;
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The work is over.
        }
    }

    /// <returns>False when another holds the job, or nobody.</returns>
    private async Task<bool> RenewAsync(CancellationToken cancel)
    {
        var (step, done, total) = now;
        // Not waited for: whether the lease is still good must be known in time.
        await using var connection = await database.OpenConnectionAsync(cancel);
        var told = await connection.ExecuteScalarAsync<bool?>(new CommandDefinition("""
            update job
            set lease_until = clock_timestamp() + @lease, step = @step, done = @done, total = @total
            where job_id = @JobId and epoch = @Epoch and state = 'running'
            returning cancel_requested
            """, new { Job.JobId, Epoch, lease = times.Lease, step, done, total }, cancellationToken: cancel));
        IsCancelled = told is true;
        IsLost = told is null;
        if (told is not false && !stop.IsCancellationRequested)
            await end.CancelAsync();
        return told is not null;
    }
}
