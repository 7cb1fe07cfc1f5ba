using Dapper;
using Npgsql;
using SinHo.Reporting.Figures;

namespace SinHo.Reporting.Signing;

/// <summary>Days of a unit that its head has closed or opened again.</summary>
public sealed record PeriodLock(string Unit, DateOnly PeriodFrom, DateOnly PeriodTo, bool Locked, DateTime At, string By);

/// <summary>Which days of which unit are closed: entries on them are refused, and wait for its head as requests (sql/import/locked_period.sql).</summary>
public sealed class PeriodLocks(NpgsqlDataSource database)
{
    /// <summary>What was said last of each unit and period, the latest first.</summary>
    public async Task<IReadOnlyList<PeriodLock>> ListAsync(CancellationToken cancel)
    {
        await using var connection = await database.OpenToLookAsync(cancel);
        return (await connection.QueryAsync<PeriodLock>(new CommandDefinition("""
            select unit::text as Unit, period_from as PeriodFrom, period_to as PeriodTo, locked as Locked, at as At, by as By
            from (select distinct on (unit, period_from, period_to) * from period_lock order by unit, period_from, period_to, lock_id desc) as latest
            order by at desc
            """, cancellationToken: cancel))).AsList();
    }

    public async Task SetAsync(string unit, Period period, bool locked, string by, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        await connection.ExecuteAsync(new CommandDefinition(
            "insert into period_lock (unit, period_from, period_to, locked, by) values (@unit, @From, @To, @locked, @by)", new { unit, period.From, period.To, locked, by }, cancellationToken: cancel));
    }
}
