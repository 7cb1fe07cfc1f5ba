using Dapper;
using Npgsql;

namespace SinHo.Reporting.Runs;

/// <summary>One of the hosts that readers are sent to, as it says itself.</summary>
/// <param name="Host">Host, and port where one is named.</param>
/// <param name="IsThere">Whether it answers.</param>
/// <param name="IsPrimary">It follows nobody.</param>
/// <param name="Hears">Whether it is connected to its primary.</param>
/// <param name="Behind">How old what it shows is; zero where it shows all that it received.</param>
public sealed record StandbyState(string Host, bool IsThere, bool IsPrimary, bool Hears, TimeSpan Behind)
{
    private static readonly TimeSpan Late = TimeSpan.FromMinutes(5);

    /// <summary>What is the matter, and what to do; null where all is well.</summary>
    public string? Fault => this switch
    {
        { IsThere: false } => $"Máy cơ sở dữ liệu {Host} không trả lời; người đọc được chuyển sang máy khác. Hãy xem PostgreSQL ở máy đó còn chạy không.",
        { IsPrimary: true } => null,
        { Hears: false } => $"Bản sao {Host} không nối được máy chính nên không trả lời ai; hãy xem mạng và primary_conninfo, hoặc dựng lại bản sao.",
        _ when Behind > Late => $"Bản sao {Host} chậm {(long)Behind.TotalMinutes} phút nên không trả lời ai; hãy xem máy đó có quá tải không.",
        _ => null,
    };

    public static async Task<StandbyState> AskAsync(string connection, CancellationToken cancel)
    {
        // Of a pool it would say whether it was there.
        var settings = new NpgsqlConnectionStringBuilder(connection) { Pooling = false, Timeout = 2, CommandTimeout = 5 };
        try
        {
            await using var open = new NpgsqlConnection(settings.ConnectionString);
            await open.OpenAsync(cancel);
            var (isPrimary, hears, behind) = await open.QuerySingleAsync<(bool, bool, TimeSpan)>(new CommandDefinition("""
                select
                    not pg_is_in_recovery(),
                    exists (select from pg_stat_wal_receiver),
                    case when pg_last_wal_replay_lsn() < pg_last_wal_receive_lsn() then coalesce(clock_timestamp() - pg_last_xact_replay_timestamp(), interval '0') else interval '0' end
                """, cancellationToken: cancel));
            return new(settings.Host!, true, isPrimary, hears, behind);
        }
        catch (NpgsqlException)
        {
            return new(settings.Host!, false, false, false, TimeSpan.Zero);
        }
    }
}
