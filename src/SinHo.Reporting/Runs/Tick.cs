using Dapper;
using Npgsql;

namespace SinHo.Reporting.Runs;

/// <summary>
/// What the bell does each minute: "what is due and not done?" It may ring twice at once, late, or not for weeks: it reads what is written and
/// remembers nothing.
/// </summary>
public sealed class Tick(NpgsqlDataSource database, Jobs jobs)
{
    private readonly Obligations obligations = new(database);

    /// <param name="worker">Who looks: machine and process.</param>
    /// <param name="today">By the calendar of Viet Nam.</param>
    /// <returns>Jobs that a worker should take now.</returns>
    public async Task<IReadOnlyList<Guid>> RunAsync(string worker, DateOnly today, CancellationToken cancel)
    {
        await obligations.PlanAsync(today, cancel);
        await obligations.SubmitDueAsync(today, cancel);
        var waiting = await jobs.ToRingAsync(cancel);
        await using var connection = await database.OpenAsync(cancel);
        await connection.ExecuteAsync(new CommandDefinition("""
            insert into tick (worker, ticked_at)
            values (@worker, clock_timestamp())
            on conflict (worker) do update set ticked_at = excluded.ticked_at;
            delete from tick where ticked_at < clock_timestamp() - interval '7 days'
            """, new { worker }, cancellationToken: cancel));
        return waiting;
    }

    /// <summary>How long ago any worker looked; null when none ever did.</summary>
    public async Task<TimeSpan?> AgeAsync(CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        return await connection.ExecuteScalarAsync<TimeSpan?>(new CommandDefinition("select clock_timestamp() - max(ticked_at) from tick", cancellationToken: cancel));
    }
}
