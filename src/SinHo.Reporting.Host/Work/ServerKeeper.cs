using Npgsql;
using SinHo.Reporting.Runs;
using SinHo.Reporting.Servers;
using SinHo.Reporting.Words;

namespace SinHo.Reporting.Host.Work;

/// <summary>Keeps the private PostgreSQL running while the service does, and says what came of it in the log and on the pages.</summary>
/// <param name="pools">Pools of sessions on the server, emptied when it was away: theirs are gone.</param>
public sealed partial class ServerKeeper(ServerWatch watch, IReadOnlyList<NpgsqlDataSource> pools, ILogger<ServerKeeper> log) : BackgroundService
{
    /// <summary>What there is to tell of the present outage or one not long ago; null when there is nothing.</summary>
    public static Alarm? Alarm(ServerWatch? watch) => watch?.Outage is { } outage
        ? new("server", outage.Until is { } until
            ? $"PostgreSQL riêng dừng bất thường lúc {Vietnamese.ShortMoment(outage.From)}; dịch vụ đã tự khởi động lại sau {Seconds(outage, until)} giây. "
                + "Nếu còn lặp lại, hãy xem pg/server.log.1 trong thư mục dữ liệu."
            : $"PostgreSQL riêng dừng lúc {Vietnamese.ShortMoment(outage.From)}, dịch vụ đang khởi động lại; xin chờ. {outage.Problem}".TrimEnd())
        : null;

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => watch.RunAsync(Tell, stoppingToken);

    private void Tell(Outage outage)
    {
        if (outage.Until is { } until)
        {
            foreach (var pool in pools)
                pool.Clear();
            Returned(Seconds(outage, until));
        }
        else if (outage.Problem is { } problem)
        {
            NotReturned(problem);
        }
        else
        {
            Gone();
        }
    }

    private static double Seconds(Outage outage, DateTimeOffset until) => Math.Round((until - outage.From).TotalSeconds, 1);

    [LoggerMessage(LogLevel.Error, "The private PostgreSQL is gone or takes no sessions; starting it again")]
    private partial void Gone();

    [LoggerMessage(LogLevel.Error, "The private PostgreSQL was not started: {Problem}")]
    private partial void NotReturned(string problem);

    [LoggerMessage(LogLevel.Warning, "The private PostgreSQL runs again after {Seconds} s")]
    private partial void Returned(double seconds);
}
