using Npgsql;

namespace SinHo.Reporting.Servers;

/// <summary>A time in which the private server took no sessions.</summary>
/// <param name="Until">Null while it lasts.</param>
/// <param name="Problem">Why the last try to start it failed; null where none did.</param>
public sealed record Outage(DateTimeOffset From, DateTimeOffset? Until, string? Problem);

/// <summary>
/// Looks after a private server while a service runs on it: one that was killed, stopped or suspended is started again, and what came of it is remembered.
/// </summary>
public sealed class ServerWatch(PrivateServer server, TimeProvider clock)
{
    /// <summary>How long pages tell of an outage that is over.</summary>
    private static readonly TimeSpan Told = TimeSpan.FromHours(24);

    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(200);

    private static readonly TimeSpan BetweenTries = TimeSpan.FromSeconds(2);

    /// <summary>The present outage, else the last one where it is not long ago.</summary>
    public Outage? Outage => last is { Until: { } until } && clock.GetUtcNow() - until > Told ? null : last;

    private Outage? last;

    /// <summary>Watches until cancelled.</summary>
    /// <param name="changed">Hears of an outage when it begins, when a try to end it failed, and when it is over.</param>
    public async Task RunAsync(Action<Outage> changed, CancellationToken cancel)
    {
        using var looks = new PeriodicTimer(BetweenLooks);
        while (await looks.WaitForNextTickAsync(cancel))
        {
            if (!server.IsReady)
                await ReviveAsync(changed, cancel);
        }
    }

    private async Task ReviveAsync(Action<Outage> changed, CancellationToken cancel)
    {
        var outage = new Outage(clock.GetUtcNow(), null, null);
        changed(last = outage);
        while (true)
        {
            try
            {
                await server.ReviveAsync(cancel);
                changed(last = outage with { Until = clock.GetUtcNow() });
                return;
            }
            catch (Exception problem) when (problem is ServerException or NpgsqlException or IOException or UnauthorizedAccessException)
            {
                changed(last = outage with { Problem = problem.Message });
            }
            await Task.Delay(BetweenTries, cancel);
        }
    }
}
