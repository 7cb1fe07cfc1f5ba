using System.Text.Json;
using Dapper;
using Npgsql;
using SinHo.Reporting.Facts;

namespace SinHo.Reporting.Runs;

/// <summary>The jobs in the database: asked for, looked at, stopped, taken by a worker. Times are by the database's clock.</summary>
public sealed class Jobs(NpgsqlDataSource database, WorkTimes times)
{
    internal const string Columns = """
        job_id as JobId, kind as Kind, request::text as Request, unit::text as Unit, requested_by as RequestedBy, state::text as State, step as Step,
        done as Done, total as Total, cancel_requested as CancelRequested, epoch as Epoch, attempts as Attempts, not_before as NotBefore, error as Error,
        created_at as CreatedAt, started_at as StartedAt, finished_at as FinishedAt, issued_id as IssuedId, file_id as FileId, outcome::text as Outcome,
        asked_position as AskedPosition
        """;

    /// <summary>Asks for work, or joins the same wish while it is unfinished.</summary>
    public async Task<Guid> SubmitAsync(JobWish wish, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        while (true)
        {
            // The unfinished one may finish between the two statements; then there is room for a new one.
            if (await SubmitAsync(connection, null, wish, cancel) is { } made)
                return made;
            if (await UnfinishedAsync(connection, wish.Key, cancel) is { } running)
                return running;
        }
    }

    /// <exception cref="KeyNotFoundException">There is no such job.</exception>
    public async Task<Job> GetAsync(Guid id, CancellationToken cancel) =>
        await FindAsync(id, cancel) ?? throw new KeyNotFoundException($"No job {id}.");

    public async Task<Job?> FindAsync(Guid id, CancellationToken cancel)
    {
        await using var connection = await database.OpenToLookAsync(cancel);
        var job = await connection.QuerySingleOrDefaultAsync<Job>(
            new CommandDefinition($"select {Columns} from job where job_id = @id", new { id }, cancellationToken: cancel));
        await TellAsync(cancel, job);
        return job;
    }

    /// <summary>The newest jobs of a kind.</summary>
    /// <param name="unit">Only those about it; null for all.</param>
    public async Task<IReadOnlyList<Job>> ListAsync(string kind, int most, CancellationToken cancel, string? unit = null)
    {
        await using var connection = await database.OpenToLookAsync(cancel);
        var jobs = (await connection.QueryAsync<Job>(new CommandDefinition(
            $"select {Columns} from job where kind = @kind and (@unit::text is null or unit = @unit) order by created_at desc limit @most", new { kind, most, unit }, cancellationToken: cancel))).AsList();
        await TellAsync(cancel, [.. jobs]);
        return jobs;
    }

    /// <summary>Stops a job that waits at once, one that runs at its next step. A finished one stays as it is.</summary>
    public async Task CancelAsync(Guid id, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        await connection.ExecuteAsync(new CommandDefinition($"""
            with stopped as (
                update job
                set cancel_requested = true,
                    state = case state when 'waiting' then 'cancelled' else state end,
                    finished_at = case state when 'waiting' then clock_timestamp() end
                where job_id = @id and state in ('waiting', 'running')
                returning job_id, state, error
            )
            {SettleObligation("stopped")}
            """, new { id, retry = times.ObligationRetry }, cancellationToken: cancel));
    }

    /// <summary>What failed for good within a week, was not read yet and not asked for again since; the newest first.</summary>
    public async Task<IReadOnlyList<Job>> FailedAsync(CancellationToken cancel)
    {
        await using var connection = await database.OpenToLookAsync(cancel);
        return await FailedAsync(connection, cancel);
    }

    /// <summary>Asks once more for what failed or was stopped; what fulfils an obligation is asked for by <see cref="Obligations.RetryAsync"/>.</summary>
    /// <returns>The job that does it; null where there is no such job, or none that failed or was stopped.</returns>
    public async Task<Guid?> AgainAsync(Guid id, string by, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        return await connection.ExecuteScalarAsync<Guid?>(new CommandDefinition("""
            with again as (
                select kind, request, request_key, unit
                from job
                where job_id = @id and state in ('failed', 'cancelled')
            ),
            asked as (
                insert into job (kind, request, request_key, unit, requested_by)
                select kind, request, request_key, unit, @by
                from again
                on conflict (request_key) where state in ('waiting', 'running') do nothing
                returning job_id
            )
            select job_id
            from asked
            union all
            select job_id
            from job
            join again using (request_key)
            where state in ('waiting', 'running')
            """, new { id, by }, cancellationToken: cancel));
    }

    /// <summary>Somebody has read why a job failed, or with what warnings it was done: it is no alarm, and nothing to be looked at, any more.</summary>
    /// <param name="id">Null for all that failed so far.</param>
    public async Task AcknowledgeAsync(Guid? id, string by, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        await connection.ExecuteAsync(new CommandDefinition("""
            update job
            set acknowledged_by = @by, acknowledged_at = clock_timestamp()
            where case when @id::uuid is null then state = 'failed' else job_id = @id and state in ('failed', 'done') end and acknowledged_at is null
            """, new { id, by }, cancellationToken: cancel));
    }

    /// <summary>Takes a job that waits, or one whose holder has been silent beyond its lease.</summary>
    /// <param name="stop">Ends the hold when the program stops.</param>
    /// <returns>Null when it is not to be had: finished, held by another, or not to be tried yet.</returns>
    public async Task<JobHold?> ClaimAsync(Guid id, string worker, CancellationToken stop)
    {
        await using var connection = await database.OpenAsync(stop);
        // Not broken off: a row that was taken must come back with the hold that gives it up.
        var taken = await connection.QuerySingleOrDefaultAsync<Job>($"""
            update job
            set state = 'running',
                epoch = epoch + 1,
                attempts = attempts + 1,
                claimed_by = @worker,
                lease_until = clock_timestamp() + @lease,
                started_at = coalesce(started_at, clock_timestamp()),
                step = 'Bắt đầu',
                done = 0,
                total = 0
            where job_id = @id
                and attempts < @most
                and (state = 'waiting' and not_before <= clock_timestamp() or state = 'running' and lease_until < clock_timestamp())
            returning {Columns}
            """, new { id, worker, lease = times.Lease, most = times.MostAttempts });
        return taken is null ? null : new(database, times, taken, stop);
    }

    /// <summary>Jobs that a worker should look at now; each is told once in a while until somebody takes it.</summary>
    public async Task<IReadOnlyList<Guid>> ToRingAsync(CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        await BuryAsync(connection, cancel);
        return (await connection.QueryAsync<Guid>(new CommandDefinition("""
            with told as (
                update job
                set rung_at = clock_timestamp()
                where (state = 'waiting' and not_before <= clock_timestamp() or state = 'running' and lease_until < clock_timestamp())
                    and (rung_at is null or rung_at < clock_timestamp() - @again or rung_at < not_before or rung_at < lease_until)
                returning job_id, created_at
            )
            select job_id from told order by created_at
            """, new { again = times.RingAgain }, cancellationToken: cancel))).AsList();
    }

    internal static async Task<List<Job>> FailedAsync(NpgsqlConnection connection, CancellationToken cancel) =>
        (await connection.QueryAsync<Job>(new CommandDefinition($"""
            select {Columns}
            from job
            where state = 'failed' and acknowledged_at is null and finished_at > clock_timestamp() - interval '7 days'
                and not exists (select from job as later where later.request_key = job.request_key and later.created_at > job.created_at)
            order by finished_at desc
            """, cancellationToken: cancel))).AsList();

    internal static Task<Guid?> SubmitAsync(NpgsqlConnection connection, NpgsqlTransaction? within, JobWish wish, CancellationToken cancel) =>
        connection.ExecuteScalarAsync<Guid?>(new CommandDefinition("""
            insert into job (kind, request, request_key, unit, requested_by)
            values (@Kind, @request::jsonb, @Key, @Unit, @By)
            on conflict (request_key) where state in ('waiting', 'running') do nothing
            returning job_id
            """, new { wish.Kind, request = JsonSerializer.Serialize(wish.Request, JsonSerializerOptions.Web), wish.Key, wish.Unit, wish.By }, within, cancellationToken: cancel));

    internal static Task<Guid?> UnfinishedAsync(NpgsqlConnection connection, string key, CancellationToken cancel) =>
        connection.ExecuteScalarAsync<Guid?>(new CommandDefinition(
            "select job_id from job where request_key = @key and state in ('waiting', 'running')", new { key }, cancellationToken: cancel));

    /// <summary>The obligation of a job goes with it, in the same statement.</summary>
    /// <param name="settled">A common table with job_id, state and error of jobs that were just changed; @retry is in the parameters.</param>
    internal static string SettleObligation(string settled) => $"""
        update obligation
        set state = case when {settled}.state in ('waiting', 'running') then 'running' else 'failed' end,
            error = case {settled}.state when 'cancelled' then 'Đã dừng theo yêu cầu. Bấm “Làm lại” khi muốn lập.' else {settled}.error end,
            retry_at = case {settled}.state when 'failed' then clock_timestamp() + @retry end
        from {settled}
        where obligation.job_id = {settled}.job_id and obligation.state <> 'done'
        """;

    /// <summary>Who is told that work was done just now must find what it entered.</summary>
    private static async Task TellAsync(CancellationToken cancel, params Job?[] jobs)
    {
        if (ReaderPosition.Current is { } reader && jobs.Any(job => job?.FinishedAt > DateTimeOffset.UtcNow - TimeSpan.FromMinutes(1)))
            await reader.ActsAsync(cancel);
    }

    /// <summary>A job that took its holders with it as often as it may is not tried again.</summary>
    private Task<int> BuryAsync(NpgsqlConnection connection, CancellationToken cancel) => connection.ExecuteAsync(new CommandDefinition($"""
        with buried as (
            update job
            set state = 'failed',
                lease_until = null,
                finished_at = clock_timestamp(),
                error = format('Máy làm việc đã dừng đột ngột giữa chừng %s lần khi làm việc này (bước “%s”). Hãy xem máy chủ còn đủ bộ nhớ và ổ đĩa không, rồi bấm “Làm lại”.', attempts, step)
            where state = 'running' and lease_until < clock_timestamp() and attempts >= @most
            returning job_id, state, error
        )
        {SettleObligation("buried")}
        """, new { most = times.MostAttempts, retry = times.ObligationRetry }, cancellationToken: cancel));
}
