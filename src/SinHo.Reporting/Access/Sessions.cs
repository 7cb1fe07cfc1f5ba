using Dapper;
using Npgsql;

namespace SinHo.Reporting.Access;

/// <summary>The same account open elsewhere.</summary>
/// <param name="Address">Where it was signed in from.</param>
public sealed record OtherSession(string Address, DateTimeOffset StartedAt, DateTimeOffset SeenAt);

/// <summary>
/// Who is signed in, by the database's clock. A session ends when it is ended, idle for half an hour, a working day old, or when the
/// account was closed or got another password, role or unit. Several people may be signed in as one: each is shown that there are others.
/// </summary>
public sealed class Sessions(NpgsqlDataSource database)
{
    /// <summary>How long somebody may do nothing.</summary>
    public static readonly TimeSpan Idle = TimeSpan.FromMinutes(30);

    /// <summary>How long anybody may stay.</summary>
    public static readonly TimeSpan Day = TimeSpan.FromHours(12);

    private const string Open = """
        web_session.ended_at is null and web_session.stamp = account.stamp and account.active
        and web_session.seen_at > now() - @Idle and web_session.started_at > now() - @Day
        """;

    public async Task<Guid> StartAsync(long account, string address, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        var session = await connection.ExecuteScalarAsync<Guid>(new CommandDefinition("""
            insert into web_session (account_id, stamp, address)
            select account_id, stamp, @address from account where account_id = @account
            returning session_id
            """,
            new { account, address }, cancellationToken: cancel));
        await Accounts.RecordAsync(connection, account, "signed_in", null, cancel, address);
        await transaction.CommitAsync(cancel);
        return session;
    }

    /// <summary>Whether the session is still open.</summary>
    /// <param name="isUsed">Whether somebody did something just now, which keeps it open.</param>
    public async Task<bool> IsOpenAsync(Guid session, bool isUsed, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        // Written once a minute at most.
        var seenAt = await connection.ExecuteScalarAsync<DateTime?>(new CommandDefinition($"""
            select seen_at from web_session join account using (account_id) where session_id = @session and {Open}
            """,
            new { session, Idle, Day }, cancellationToken: cancel));
        if (seenAt is null)
            return false;
        if (isUsed)
        {
            await connection.ExecuteAsync(new CommandDefinition(
                "update web_session set seen_at = now() where session_id = @session and seen_at < now() - interval '1 minute'",
                new { session }, cancellationToken: cancel));
        }
        return true;
    }

    /// <summary>How long nothing was done, or how long was stayed, in a session that ended by itself; null for one that is open or was ended.</summary>
    public async Task<TimeSpan?> OverAfterAsync(Guid session, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        return await connection.ExecuteScalarAsync<TimeSpan?>(new CommandDefinition("""
            select case when seen_at <= now() - @Idle then @Idle when started_at <= now() - @Day then @Day end
            from web_session
            join account using (account_id)
            where session_id = @session and ended_at is null and web_session.stamp = account.stamp and account.active
            """,
            new { session, Idle, Day }, cancellationToken: cancel));
    }

    /// <summary>Which of the sessions are still open; that they were asked about keeps none of them open.</summary>
    public async Task<IReadOnlySet<Guid>> OpenAsync(IReadOnlyCollection<Guid> sessions, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        return (await connection.QueryAsync<Guid>(new CommandDefinition($"""
            select session_id from web_session join account using (account_id) where session_id = any (@sessions) and {Open}
            """,
            new { sessions = sessions.ToArray(), Idle, Day }, cancellationToken: cancel))).ToHashSet();
    }

    public async Task EndAsync(Guid session, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        var account = await connection.ExecuteScalarAsync<long?>(new CommandDefinition(
            "update web_session set ended_at = now() where session_id = @session and ended_at is null returning account_id",
            new { session }, cancellationToken: cancel));
        if (account is not null)
            await Accounts.RecordAsync(connection, account, "signed_out", null, cancel);
    }

    /// <summary>Other open sessions of the same account, the latest used first.</summary>
    public async Task<IReadOnlyList<OtherSession>> OthersAsync(Guid session, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        var rows = await connection.QueryAsync<(string Address, DateTime StartedAt, DateTime SeenAt)>(new CommandDefinition($"""
            select web_session.address, web_session.started_at, web_session.seen_at
            from web_session as mine
            join web_session on web_session.account_id = mine.account_id and web_session.session_id <> mine.session_id
            join account on account.account_id = web_session.account_id
            where mine.session_id = @session and {Open}
            order by web_session.seen_at desc
            """,
            new { session, Idle, Day }, cancellationToken: cancel));
        return [.. rows.Select(row => new OtherSession(row.Address, new(row.StartedAt, TimeSpan.Zero), new(row.SeenAt, TimeSpan.Zero)))];
    }

    /// <summary>Ends all other sessions of the same account.</summary>
    public async Task EndOthersAsync(Guid session, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        await connection.ExecuteAsync(new CommandDefinition("""
            update web_session
            set ended_at = now()
            where account_id = (select account_id from web_session where session_id = @session)
                and session_id <> @session and ended_at is null
            """,
            new { session }, cancellationToken: cancel));
    }
}
