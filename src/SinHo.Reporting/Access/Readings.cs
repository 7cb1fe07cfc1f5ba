using Dapper;
using Npgsql;
using SinHo.Reporting.Figures;

namespace SinHo.Reporting.Access;

/// <summary>The ways in which people are opened.</summary>
public enum ReadingKind
{
    List,
    Evidence,
    Report,
    Trail,
    Person,
    Village,

    /// <summary>Hits of a search, by their codes: what was typed is kept nowhere.</summary>
    Search,

    /// <summary>A unit with who holds its posts.</summary>
    Unit,
}

/// <param name="Subject">Code of the list, figure, report, person or village.</param>
/// <param name="Unit">Null for the whole register.</param>
/// <param name="Map">The day from which on the map of the question was looked for; null where it went by the units of each day.</param>
public sealed record Reading(ReadingKind Kind, string Subject, string? Unit, Period Period, DateOnly? Map = null);

/// <summary>Who opened which people, for the inspector; never changed.</summary>
public sealed class Readings(NpgsqlDataSource database)
{
    /// <summary>To be called before the people are shown: what cannot be recorded is not opened.</summary>
    public async Task RecordAsync(Viewer viewer, Reading reading, CancellationToken cancel)
    {
        await using var connection = await database.OpenToLookAsync(cancel);
        await connection.ExecuteAsync(new CommandDefinition("""
            insert into reading (account_id, kind, subject, unit, period_from, period_to, map)
            values (@Account, @Kind, @Subject, @Unit, @From, @To, @Map)
            """,
            new
            {
                viewer.Account,
                Kind = reading.Kind.ToString().ToLowerInvariant(),
                reading.Subject,
                reading.Unit,
                reading.Period.From,
                reading.Period.To,
                reading.Map,
            },
            cancellationToken: cancel));
    }
}
