using Dapper;
using Npgsql;

namespace SinHo.Reporting.Access;

/// <summary>The same account open elsewhere.</summary>
/// <param name="Address">Where it was signed in from.</param>
public sealed record OtherSession(string Address, DateTimeOffset StartedAt, DateTimeOffset SeenAt);

/// <summary>A session that is open, and what its account may still be writing, at whichever web process.</summary>
/// <param name="MayWriteUntil">By the database's clock; null where it never did anything.</param>
/// <param name="Left">How long it is until then; negative where that is past.</param>
public sealed record OpenSession(DateTimeOffset? MayWriteUntil, TimeSpan Left);

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
        await using var connection = await database.OpenToLookAsync(cancel);
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

    /// <summary>The session, where it is still open.</summary>
    /// <param name="isUsed">Whether somebody did something just now, which keeps it open.</param>
    public async Task<OpenSession?> FindOpenAsync(Guid session, bool isUsed, CancellationToken cancel)
    {
        await using var connection = await database.OpenToLookAsync(cancel);
        var found = await connection.QuerySingleOrDefaultAsync<(bool IsStale, DateTime? MayWriteUntil, TimeSpan? Left)?>(new CommandDefinition($"""
            select seen_at < now() - interval '1 minute', may_write_until, may_write_until - clock_timestamp()
            from web_session
            join account using (account_id)
            where session_id = @session and {Open}
            """,
            new { session, Idle, Day }, cancellationToken: cancel));
        if (found is not { } open)
            return null;
        // Written once a minute at most.
        if (isUsed && open.IsStale)
            await connection.ExecuteAsync(new CommandDefinition("update web_session set seen_at = now() where session_id = @session", new { session }, cancellationToken: cancel));
        return new(open.MayWriteUntil is { } until ? new(until, TimeSpan.Zero) : null, open.Left ?? TimeSpan.Zero);
    }

    /// <summary>Says to all web processes that the account may write for so long from now.</summary>
    public async Task MayWriteAsync(long account, TimeSpan time, CancellationToken cancel)
    {
        await using var connection = await database.OpenToLookAsync(cancel);
        await connection.ExecuteAsync(new CommandDefinition(
            "update account set may_write_until = clock_timestamp() + @time where account_id = @account", new { account, time }, cancellationToken: cancel));
    }

    /// <summary>How long nothing was done, or how long was stayed, in a session that ended by itself; null for one that is open or was ended.</summary>
    public async Task<TimeSpan?> OverAfterAsync(Guid session, CancellationToken cancel)
    {
        await using var connection = await database.OpenToLookAsync(cancel);
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
        await using var connection = await database.OpenToLookAsync(cancel);
        return (await connection.QueryAsync<Guid>(new CommandDefinition($"""
            select session_id from web_session join account using (account_id) where session_id = any (@sessions) and {Open}
            """,
            new { sessions = sessions.ToArray(), Idle, Day }, cancellationToken: cancel))).ToHashSet();
    }

    public async Task EndAsync(Guid session, CancellationToken cancel)
    {
        await using var connection = await database.OpenToLookAsync(cancel);
        var account = await connection.ExecuteScalarAsync<long?>(new CommandDefinition(
            "update web_session set ended_at = now() where session_id = @session and ended_at is null returning account_id",
            new { session }, cancellationToken: cancel));
        if (account is not null)
            await Accounts.RecordAsync(connection, account, "signed_out", null, cancel);
    }

    /// <summary>Other open sessions of the same account, the latest used first.</summary>
    public async Task<IReadOnlyList<OtherSession>> OthersAsync(Guid session, CancellationToken cancel)
    {
        await using var connection = await database.OpenToLookAsync(cancel);
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
        await using var connection = await database.OpenToLookAsync(cancel);
        await connection.ExecuteAsync(new CommandDefinition("""
            update web_session
            set ended_at = now()
            where account_id = (select account_id from web_session where session_id = @session)
                and session_id <> @session and ended_at is null
            """,
            new { session }, cancellationToken: cancel));
    }
}
