using Dapper;
using Npgsql;

namespace SinHo.Reporting.Backups;

/// <summary>The last time that a backup was restored on trial.</summary>
/// <param name="Proven">False where the backup is not what it should be.</param>
/// <param name="Detail">Sentences for the reader of a page.</param>
public sealed record LastProof(DateTimeOffset At, bool Proven, string Detail)
{
    /// <returns>Null where none was tried yet.</returns>
    public static async Task<LastProof?> FindAsync(NpgsqlDataSource database, CancellationToken cancel)
    {
        await using var connection = await database.OpenToLookAsync(cancel);
        var row = await connection.QuerySingleOrDefaultAsync<(DateTime At, bool Proven, string Detail)?>(new CommandDefinition(
            "select finished_at, outcome = 'proven', detail from restore_proof order by proof_id desc limit 1", cancellationToken: cancel));
        return row is { } found ? new(new(found.At, TimeSpan.Zero), found.Proven, found.Detail) : null;
    }
}
