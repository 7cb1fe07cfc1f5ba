using System.Diagnostics;
using Dapper;
using Npgsql;
using NpgsqlTypes;

namespace SinHo.Reporting.Facts;

/// <summary>
/// Where snapshots are taken: the register itself or, where there is one, a standby that has caught up. A connection from here never shows
/// less than the register held when it was asked for: the standby must have replayed the register's log up to that moment, or the register
/// answers itself.
/// </summary>
/// <param name="register">The primary.</param>
/// <param name="standbys">Hosts that may answer; null for none.</param>
/// <param name="patience">How long a standby may take to catch up.</param>
public sealed class StatisticsSource(NpgsqlDataSource register, NpgsqlDataSource? standbys, TimeSpan patience)
{
    /// <summary>Names connections to standbys in pg_stat_activity.</summary>
    public const string ApplicationName = "sinho-read";

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    /// <summary>How long one question may take; null for as long as it does.</summary>
    public TimeSpan? QueryLimit { get; init; }

    public StatisticsSource(NpgsqlDataSource register)
        : this(register, null, TimeSpan.Zero)
    {
    }

    public async Task<NpgsqlConnection> OpenAsync(CancellationToken cancel) =>
        (standbys is null ? null : await StandbyAsync(standbys, cancel)) ?? await register.OpenAsync(cancel);

    /// <returns>Null when no standby answers or none has caught up in time.</returns>
    private async Task<NpgsqlConnection?> StandbyAsync(NpgsqlDataSource from, CancellationToken cancel)
    {
        var asked = await WrittenAsync(cancel);
        NpgsqlConnection? standby = null;
        try
        {
            standby = await from.OpenConnectionAsync(cancel);
            var waiting = Stopwatch.StartNew();
            while (await ReplayedAsync(standby, cancel) is { } replayed)
            {
                if (replayed >= asked)
                    return standby;
                if (waiting.Elapsed > patience)
                    break;
                await Task.Delay(Pause, cancel);
            }
        }
        catch (NpgsqlException)
        {
            // A standby that is away costs speed, never an answer.
        }

        if (standby is not null)
            await standby.DisposeAsync();
        return null;
    }

    /// <summary>Everything committed so far lies before this point of the log.</summary>
    private async Task<NpgsqlLogSequenceNumber> WrittenAsync(CancellationToken cancel)
    {
        await using var connection = await register.OpenAsync(cancel);
        return await connection.ExecuteScalarAsync<NpgsqlLogSequenceNumber>(
            new CommandDefinition("select pg_current_wal_insert_lsn()", cancellationToken: cancel));
    }

    /// <returns>Null where the server is no standby: then nothing tells how it relates to the register.</returns>
    private static Task<NpgsqlLogSequenceNumber?> ReplayedAsync(NpgsqlConnection standby, CancellationToken cancel) =>
        standby.ExecuteScalarAsync<NpgsqlLogSequenceNumber?>(new CommandDefinition(
            "select case when pg_is_in_recovery() then pg_last_wal_replay_lsn() end", cancellationToken: cancel));
}
