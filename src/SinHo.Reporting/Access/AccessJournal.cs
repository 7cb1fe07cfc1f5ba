using Dapper;
using Npgsql;
using SinHo.Reporting.Figures;
using SinHo.Reporting.Words;

namespace SinHo.Reporting.Access;

/// <summary>Something that happened to an account.</summary>
/// <param name="Account">Null for a name that no account has.</param>
/// <param name="Event">As table sign_in has it.</param>
public sealed record AccountEvent(DateTimeOffset At, string? Account, string Event, string? By, string? Address);

/// <summary>Somebody opened people.</summary>
/// <param name="Kind">As table reading has it.</param>
/// <param name="OnMap">On today's map.</param>
public sealed record Opening(DateTimeOffset At, string Account, string Kind, string Subject, string? Unit, DateOnly From, DateOnly To, bool OnMap);

/// <summary>What the program writes down about its users, the newest first; for those who administer it.</summary>
public sealed class AccessJournal(NpgsqlDataSource database)
{
    /// <param name="days">In Viet Nam, both included.</param>
    public async Task<IReadOnlyList<AccountEvent>> AccountEventsAsync(Period days, int skip, int most, CancellationToken cancel) =>
    [
        .. (await SelectAsync<(DateTime At, string? Account, string Event, string? By, string? Address)>("""
            select at, user_name, event, by, address
            from sign_in
            left join account using (account_id)
            where at >= @from and at < @until
            order by sign_in_id desc
            limit @most offset @skip
            """, days, skip, most, cancel)).Select(row => new AccountEvent(new(row.At, TimeSpan.Zero), row.Account, row.Event, row.By, row.Address)),
    ];

    /// <param name="days">Days of opening, in Viet Nam, both included.</param>
    public async Task<IReadOnlyList<Opening>> OpeningsAsync(Period days, int skip, int most, CancellationToken cancel) =>
    [
        .. (await SelectAsync<(DateTime At, string Account, string Kind, string Subject, string? Unit, DateOnly From, DateOnly To, bool OnMap)>("""
            select at, user_name, kind, subject, reading.unit::text, period_from, period_to, map is not null
            from reading
            join account using (account_id)
            where at >= @from and at < @until
            order by reading_id desc
            limit @most offset @skip
            """, days, skip, most, cancel)).Select(row => new Opening(new(row.At, TimeSpan.Zero), row.Account, row.Kind, row.Subject, row.Unit, row.From, row.To, row.OnMap)),
    ];

    private async Task<IEnumerable<T>> SelectAsync<T>(string sql, Period days, int skip, int most, CancellationToken cancel)
    {
        await using var connection = await database.OpenToLookAsync(cancel);
        return await connection.QueryAsync<T>(new CommandDefinition(sql, new
        {
            from = Vietnamese.StartOf(days.From).UtcDateTime,
            until = Vietnamese.StartOf(days.To.AddDays(1)).UtcDateTime,
            skip,
            most,
        }, cancellationToken: cancel));
    }
}
