using Dapper;
using Npgsql;

namespace SinHo.Reporting.Runs;

/// <summary>
/// The ledger of what is due. Rows are written ahead of time from the schedules, unique per report, unit, period and map; the clock decides only
/// which of them are due by now. So a machine that was off finds what it missed by looking.
/// </summary>
public sealed class Obligations(NpgsqlDataSource database)
{
    /// <summary>Periods that begin within this many days are written down already.</summary>
    private const int DaysAhead = 31;

    private const string Select = """
        select obligation_id as ObligationId, obligation.schedule_id as ScheduleId, obligation.report as Report, obligation.unit::text as Unit, period_from as PeriodFrom,
            period_to as PeriodTo, period_name as PeriodName, due_on as DueOn, obligation.state as State, job_id as JobId, obligation.issued_id as IssuedId, published as Published,
            sha256 as Sha256, published_at as PublishedAt, obligation.error as Error, retry_at as RetryAt, obligation.on_map as OnMap, schedule.folder as Folder,
            (select name from saved_list where obligation.report = 'list:' || saved_list_id) as ListName, job.file_id as FileId
        from obligation
        join schedule using (schedule_id)
        left join job using (job_id)
        """;

    /// <summary>Writes what the active schedules ask for and is not written yet.</summary>
    /// <param name="today">By the calendar of Viet Nam.</param>
    public async Task PlanAsync(DateOnly today, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        foreach (var schedule in await connection.QueryAsync<Schedule>(new CommandDefinition($"{Schedules.Select} where active", cancellationToken: cancel)))
        {
            var due = schedule.DuePeriods(today.AddDays(DaysAhead)).ToList();
            await connection.ExecuteAsync(new CommandDefinition("""
                insert into obligation (schedule_id, report, unit, period_from, period_to, period_name, due_on, on_map)
                select @ScheduleId, @Report, unit, period_from, period_to, period_name, due_on, @OnMap
                from unnest(@from, @to, @names, @dueOn) as period (period_from, period_to, period_name, due_on)
                cross join unnest(@Units) as unit
                where not exists (
                    select from obligation as written
                    join schedule as wanted using (schedule_id)
                    where written.report = @Report and written.unit = unit.unit and written.on_map = @OnMap
                        and written.period_from = period.period_from and written.period_to = period.period_to
                        and (wanted.active or written.state in ('running', 'done'))
                )
                order by period_from, unit
                on conflict (report, unit, period_from, period_to, on_map) do update
                -- What a stopped schedule left undone.
                set schedule_id = excluded.schedule_id,
                    due_on = excluded.due_on,
                    retry_at = case obligation.state when 'failed' then clock_timestamp() end
                where obligation.state in ('waiting', 'failed')
                    and not exists (select from schedule where schedule.schedule_id = obligation.schedule_id and active)
                """, new
            {
                schedule.ScheduleId,
                schedule.Report,
                schedule.Units,
                schedule.OnMap,
                from = due.ConvertAll(one => one.Period.From),
                to = due.ConvertAll(one => one.Period.To),
                names = due.ConvertAll(one => one.Period.Name),
                dueOn = due.ConvertAll(one => one.DueOn),
            }, cancellationToken: cancel));
        }
    }

    /// <summary>Gives every row that is due and not done a job of its own.</summary>
    public async Task SubmitDueAsync(DateOnly today, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        var due = await connection.QueryAsync<(long Id, string Unit)>(new CommandDefinition("""
            select obligation_id, unit::text
            from obligation
            join schedule using (schedule_id)
            where active and due_on <= @today and (state = 'waiting' or state = 'failed' and retry_at <= clock_timestamp())
            order by due_on, obligation_id
            for update of obligation skip locked
            """, new { today }, transaction, cancellationToken: cancel));
        foreach (var (id, unit) in due)
            await SubmitAsync(transaction, id, unit, "lịch xuất", cancel);
        await transaction.CommitAsync(cancel);
    }

    /// <summary>Tries a failed or due one again now; one that waits for its next try waits no longer.</summary>
    /// <returns>Its job; null when there is nothing to do again.</returns>
    public async Task<Guid?> RetryAsync(long id, string by, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        var waiting = await connection.ExecuteScalarAsync<Guid?>(new CommandDefinition("""
            update job
            set not_before = clock_timestamp()
            from obligation
            where obligation_id = @id and obligation.job_id = job.job_id and job.state = 'waiting'
            returning job.job_id
            """, new { id }, transaction, cancellationToken: cancel));
        if (waiting is not null)
        {
            await transaction.CommitAsync(cancel);
            return waiting;
        }
        var unit = await connection.ExecuteScalarAsync<string?>(new CommandDefinition(
            "select unit::text from obligation where obligation_id = @id and state in ('waiting', 'failed') for update", new { id }, transaction, cancellationToken: cancel));
        if (unit is null)
            return null;
        var job = await SubmitAsync(transaction, id, unit, by, cancel);
        await transaction.CommitAsync(cancel);
        return job;
    }

    public async Task<Obligation?> FindAsync(long id, CancellationToken cancel)
    {
        await using var connection = await database.OpenToLookAsync(cancel);
        return await connection.QuerySingleOrDefaultAsync<Obligation>(new CommandDefinition($"{Select} where obligation_id = @id", new { id }, cancellationToken: cancel));
    }

    /// <summary>What is not done yet and what was due lately, in order of the days on which it is due.</summary>
    /// <param name="since">Done ones that were due before this day are left out.</param>
    /// <param name="under">Only what is about units that stood under this one in their period; null for all.</param>
    public async Task<IReadOnlyList<Obligation>> ListAsync(DateOnly since, CancellationToken cancel, string? under = null)
    {
        await using var connection = await database.OpenToLookAsync(cancel);
        return (await connection.QueryAsync<Obligation>(new CommandDefinition(
            $"""
            {Select}
            where (obligation.state = 'done' and due_on >= @since or obligation.state <> 'done' and (active or obligation.state = 'running'))
                and (@under::text is null or stands_under(obligation.unit::text, @under, period_from, period_to))
            order by due_on, obligation_id
            """, new { since, under }, cancellationToken: cancel))).AsList();
    }

    /// <summary>Marks it done, together with its job, if the holder is still the holder.</summary>
    /// <exception cref="LeaseLostException">Another holds the job; nothing was changed.</exception>
    /// <param name="issued">The issued report; null where the file is a list.</param>
    public async Task PublishedAsync(JobHold hold, long id, Guid? issued, StoredFile file, string path)
    {
        await using var connection = await database.OpenAsync(hold.Cancel);
        await using var transaction = await connection.BeginTransactionAsync(hold.Cancel);
        await hold.FinishAsync(transaction, issued, file.FileId, null);
        await connection.ExecuteAsync(new CommandDefinition("""
            update obligation
            set state = 'done', issued_id = @issued, published = @path, sha256 = @Sha256, published_at = clock_timestamp(), error = null, retry_at = null
            where obligation_id = @id
            """, new { id, issued, path, file.Sha256 }, transaction, cancellationToken: hold.Cancel));
        await transaction.CommitAsync(CancellationToken.None);
    }

    private static async Task<Guid> SubmitAsync(NpgsqlTransaction transaction, long id, string unit, string by, CancellationToken cancel)
    {
        var wish = new JobWish(ReportWork.DueKind, $"obligation|{id}", new DueRequest(id), unit, by);
        var job = await Jobs.SubmitAsync(transaction.Connection!, transaction, wish, cancel)
            ?? (await Jobs.UnfinishedAsync(transaction.Connection!, wish.Key, cancel))!.Value;
        await transaction.Connection!.ExecuteAsync(new CommandDefinition(
            "update obligation set state = 'running', job_id = @job where obligation_id = @id", new { id, job }, transaction, cancellationToken: cancel));
        return job;
    }
}

/// <summary>The request of a job that fulfils an obligation.</summary>
public sealed record DueRequest(long Obligation);
