using System.Diagnostics;
using Dapper;
using Npgsql;
using NpgsqlTypes;

namespace SinHo.Reporting.Facts;

/// <summary>
/// Where everything that only reads takes its snapshots: a standby or, where there is none that may answer, the register itself. What writes
/// holds an <see cref="NpgsqlDataSource"/>, and that is always the primary; from here nobody gets a session, only a <see cref="Snapshot"/>.
/// Whoever entered something sees it: the standby must have replayed the log as far as his <see cref="ReaderPosition"/>, where nobody is
/// known as far as the register was when it was asked. A standby that lost the primary, or is far behind it, answers nobody.
/// </summary>
/// <param name="register">The primary.</param>
/// <param name="standbys">Hosts that may answer, each time another; null for none.</param>
/// <param name="patience">How long standbys may take to catch up.</param>
public sealed class StatisticsSource(NpgsqlDataSource register, NpgsqlDataSource? standbys, TimeSpan patience)
{
    /// <summary>Names connections to standbys in pg_stat_activity.</summary>
    public const string ApplicationName = "sinho-read";

    /// <summary>Readers who entered nothing see no older register than this.</summary>
    private static readonly TimeSpan Behind = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    /// <summary>How long a standby may take to say how far it is; one that is silent is no standby.</summary>
    private const int SilentSeconds = 2;

    private static readonly TimeSpan BesideWithin = TimeSpan.FromSeconds(1);

    /// <summary>
    /// Where no standby caught up in time, none is asked for this long by those who need as much: readers need not wait one after another.
    /// </summary>
    private static readonly TimeSpan AsideTime = TimeSpan.FromSeconds(5);

    private volatile Aside? aside;

    /// <summary>How long one question may take; null for as long as it does.</summary>
    public TimeSpan? QueryLimit { get; init; }

    public StatisticsSource(NpgsqlDataSource register)
        : this(register, null, TimeSpan.Zero)
    {
    }

    internal async Task<NpgsqlConnection> OpenAsync(CancellationToken cancel) =>
        (standbys is null ? null : await StandbyAsync(standbys, cancel)) ?? await register.OpenToLookAsync(cancel);

    /// <summary>Another connection to the server that one has.</summary>
    /// <returns>Null where there is none to be had: the server is full or gone, or another host answered.</returns>
    internal async Task<NpgsqlConnection?> BesideAsync(NpgsqlConnection one, CancellationToken cancel)
    {
        using var soon = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        soon.CancelAfter(BesideWithin);
        try
        {
            foreach (var from in new[] { standbys, register }.OfType<NpgsqlDataSource>())
            {
                if (await TryOpenAsync(from, soon.Token) is not { } beside)
                    continue;
                if (beside.Host == one.Host && beside.Port == one.Port)
                    return beside;
                await beside.DisposeAsync();
            }
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            // All connections are at work: no time to wait for what only saves time.
        }
        return null;
    }

    /// <returns>Null when no standby answers or none has caught up in time.</returns>
    private async Task<NpgsqlConnection?> StandbyAsync(NpgsqlDataSource from, CancellationToken cancel)
    {
        var known = aside is { } set && Stopwatch.GetTimestamp() < set.Until ? set : null;
        if (known is { Reached: null })
            return null;
        var least = ReaderPosition.Current is { } reader ? await reader.LeastAsync(WrittenAsync, cancel) : await WrittenAsync(cancel);
        // Who entered something goes to the primary; who did not still has a standby that is far enough for him.
        if (known?.Reached < least)
            return null;
        NpgsqlLogSequenceNumber? reached = null;
        var waiting = Stopwatch.StartNew();
        // Each time another host: one that lags does not hold up readers whom the other can serve.
        while (await TryOpenAsync(from, cancel) is { } standby)
        {
            var state = await StateAsync(standby, cancel);
            if (state is { Replayed: { } replayed, IsFresh: true })
            {
                if (replayed >= least)
                    return standby;
                reached = reached > replayed ? reached : replayed;
            }
            await standby.DisposeAsync();
            // A primary is handed out only where no host is a standby: there is none to wait for.
            if (state is { Replayed: null } || waiting.Elapsed >= patience)
                break;
            await Task.Delay(Pause, cancel);
        }
        aside = new(Stopwatch.GetTimestamp() + (long)(AsideTime.TotalSeconds * Stopwatch.Frequency), reached);
        return null;
    }

    /// <returns>Null where no host answers.</returns>
    private static async Task<NpgsqlConnection?> TryOpenAsync(NpgsqlDataSource from, CancellationToken cancel)
    {
        try
        {
            return await from.OpenConnectionAsync(cancel);
        }
        catch (NpgsqlException)
        {
            // A standby that is away costs speed, never an answer.
            return null;
        }
    }

    /// <summary>All that anybody was told is committed lies before this point of the log. What was written further on may wait for its flush for a while.</summary>
    private async Task<NpgsqlLogSequenceNumber> WrittenAsync(CancellationToken cancel)
    {
        await using var connection = await register.OpenToLookAsync(cancel);
        return await connection.ExecuteScalarAsync<NpgsqlLogSequenceNumber>(
            new CommandDefinition("select pg_current_wal_flush_lsn()", cancellationToken: cancel));
    }

    /// <returns>What was replayed, and whether the server hears the primary and is not far behind it; null where it went away just now.</returns>
    private static async Task<State?> StateAsync(NpgsqlConnection standby, CancellationToken cancel)
    {
        try
        {
            return await standby.QuerySingleAsync<State>(new CommandDefinition("""
                select
                    case when pg_is_in_recovery() then pg_last_wal_replay_lsn() end as "Replayed",
                    exists (select from pg_stat_wal_receiver)
                        and coalesce(pg_last_wal_replay_lsn() >= pg_last_wal_receive_lsn() or clock_timestamp() - pg_last_xact_replay_timestamp() < @Behind, false) as "IsFresh"
                """, new { Behind }, commandTimeout: SilentSeconds, cancellationToken: cancel));
        }
        catch (NpgsqlException)
        {
            return null;
        }
    }

    /// <param name="Replayed">Null where the server is no standby: then nothing tells how it relates to the register.</param>
    private sealed record State(NpgsqlLogSequenceNumber? Replayed, bool IsFresh);

    /// <param name="Until">A timestamp of the stopwatch.</param>
    /// <param name="Reached">How far the best standby was that may answer; null where none may.</param>
    private sealed record Aside(long Until, NpgsqlLogSequenceNumber? Reached);
}
