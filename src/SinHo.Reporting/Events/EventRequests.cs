using Dapper;
using Npgsql;

namespace SinHo.Reporting.Events;

/// <summary>Where a request stands; the values of request.state.</summary>
public enum RequestState
{
    Sent,
    Accepted,
    Returned,
    Withdrawn,
}

/// <summary>Events of a unit that reach outside it, until somebody who may accepts them.</summary>
/// <param name="Unit">Of the account that sent it.</param>
/// <param name="Name">What the import will be called.</param>
/// <param name="About">What it will do, in a sentence.</param>
/// <param name="Events">EVENTS.json.</param>
/// <param name="Import">Of an accepted one.</param>
public sealed record EventRequest(
    long RequestId, DateTimeOffset At, string By, string Unit, string UnitName, string Name, string About, string Events, IReadOnlyList<string> Touches, RequestState State,
    DateTimeOffset? DecidedAt, string? DecidedBy, string? Reason, long? Import)
{
    /// <summary>Days after which nobody is waited for any more.</summary>
    public const int Patience = 60;

    public bool IsOverdue(DateTimeOffset now) => State == RequestState.Sent && now - At > TimeSpan.FromDays(Patience);
}

/// <summary>Requests as they are kept. Source: issue of the living register, A commune works on its own part.</summary>
public sealed class EventRequests(NpgsqlDataSource database)
{
    private const string Columns = """
        request_id as RequestId, at as At, by as By, unit::text as Unit,
        (select version.name from org_version as version where version.code = request.unit order by version.valid_from desc limit 1) as UnitName,
        name as Name, about as About, events::text as Events, touches as Touches, state as State, decided_at as DecidedAt, decided_by as DecidedBy, reason as Reason, import_id as Import
        """;

    /// <param name="units">Units that the events name.</param>
    /// <param name="people">Whom they name: the other side is where these are now.</param>
    public async Task<long> SendAsync(string by, string unit, string name, string about, byte[] events, IReadOnlyList<string> units, IReadOnlyList<string> people, DateTimeOffset now, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        var kept = await KeptNames.HideAsync(transaction, events, cancel);
        var number = await connection.ExecuteScalarAsync<long>(new CommandDefinition("""
            insert into request (at, by, unit, name, about, events, touches)
            values (@now, @by, @unit, @name, @about, @events::jsonb, @units || array(
                select distinct branch::text from membership where member = any (@people) and still_holds(valid_to, (@now at time zone 'Asia/Ho_Chi_Minh')::date)))
            returning request_id
            """, new { now, by, unit, name, about, events = kept, units = units.ToArray(), people = people.ToArray() }, transaction, cancellationToken: cancel));
        await transaction.CommitAsync(cancel);
        return number;
    }

    /// <summary>Those that an account may see: all for the board; for a unit its own and those that name something of it today. What waits first, then the newest.</summary>
    /// <param name="unit">The account's unit; null for the board.</param>
    public async Task<IReadOnlyList<EventRequest>> ListAsync(string? unit, int most, CancellationToken cancel)
    {
        await using var connection = await database.OpenToLookAsync(cancel);
        var rows = await connection.QueryAsync<Row>(new CommandDefinition($"""
            select {Columns}
            from request
            where @unit::text is null or unit = @unit or exists (
                select
                from org_closure as tie
                where tie.ancestor = @unit and tie.descendant = any (touches) and tie.valid_from <= current_date and tie.valid_to > current_date)
            order by state <> 'sent', request_id desc
            limit @most
            """, new { unit, most }, cancellationToken: cancel));
        return [.. rows.Select(row => row.Request)];
    }

    /// <summary>Ends a request that waits.</summary>
    /// <param name="connection">In the transaction of the import, of an accepted one.</param>
    /// <returns>False where it waits no more.</returns>
    public static async Task<bool> DecideAsync(NpgsqlConnection connection, NpgsqlTransaction? transaction, long request, RequestState state, string by, string? reason, long? import, DateTimeOffset now, CancellationToken cancel) =>
        await connection.ExecuteAsync(new CommandDefinition("""
            update request set state = @state, decided_at = @now, decided_by = @by, reason = @reason, import_id = @import
            where request_id = @request and state = 'sent'
            """, new { request, state = state.ToString().ToLowerInvariant(), now, by, reason, import }, transaction, cancellationToken: cancel)) == 1;

    /// <inheritdoc cref="DecideAsync(NpgsqlConnection, NpgsqlTransaction?, long, RequestState, string, string?, long?, DateTimeOffset, CancellationToken)"/>
    public async Task<bool> DecideAsync(long request, RequestState state, string by, string? reason, DateTimeOffset now, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        return await DecideAsync(connection, null, request, state, by, reason, null, now, cancel);
    }

    /// <summary>A row as the database gives it.</summary>
    private sealed record Row
    {
        public long RequestId { get; init; }

        public DateTime At { get; init; }

        public string By { get; init; } = "";

        public string Unit { get; init; } = "";

        public string UnitName { get; init; } = "";

        public string Name { get; init; } = "";

        public string About { get; init; } = "";

        public string Events { get; init; } = "";

        public string[] Touches { get; init; } = [];

        public string State { get; init; } = "";

        public DateTime? DecidedAt { get; init; }

        public string? DecidedBy { get; init; }

        public string? Reason { get; init; }

        public long? Import { get; init; }

        public EventRequest Request => new(
            RequestId, new(At, TimeSpan.Zero), By, Unit, UnitName, Name, About, Events, Touches, Enum.Parse<RequestState>(State, ignoreCase: true), DecidedAt is { } at ? new DateTimeOffset(at, TimeSpan.Zero) : null,
            DecidedBy, Reason, Import);
    }
}
