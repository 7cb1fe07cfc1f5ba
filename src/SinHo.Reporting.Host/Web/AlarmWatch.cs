using Npgsql;
using SinHo.Reporting.Host.Work;
using SinHo.Reporting.Runs;
using SinHo.Reporting.Servers;

namespace SinHo.Reporting.Host.Web;

/// <summary>The alarms for every page: asked at most twice a minute, however many pages are open.</summary>
/// <param name="server">The private server that is looked after; null where a database was named.</param>
public sealed class AlarmWatch(Alarms alarms, TimeProvider clock, ServerWatch? server = null) : IDisposable
{
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(30);

    private readonly SemaphoreSlim one = new(1);
    private Look? last;

    /// <summary>What was known holds no more.</summary>
    public event EventHandler? Forgotten;

    /// <returns>Empty when all is well.</returns>
    public async ValueTask<IReadOnlyList<Alarm>> LookAsync(CancellationToken cancel)
    {
        // Of itself it is no reason for anybody to hurry: it is told here, not by /health/ready.
        return server?.Outage is { Until: null } ? [ServerKeeper.Alarm(server)!]
            : ServerKeeper.Alarm(server) is { } past ? [past, .. await KnownAsync(cancel)]
            : await KnownAsync(cancel);
    }

    private async ValueTask<IReadOnlyList<Alarm>> KnownAsync(CancellationToken cancel)
    {
        if (Known is { } known)
            return known;
        await one.WaitAsync(cancel);
        try
        {
            if (Known is { } meanwhile)
                return meanwhile;
            var found = await AskAsync(cancel);
            last = new(found, clock.GetTimestamp());
            return found;
        }
        finally
        {
            one.Release();
        }
    }

    /// <summary>Somebody has just mended something: pages that are open ask anew, and so does the next.</summary>
    public void Forget()
    {
        last = null;
        Forgotten?.Invoke(this, EventArgs.Empty);
    }

    public void Dispose() => one.Dispose();

    private IReadOnlyList<Alarm>? Known => last is { } look && clock.GetElapsedTime(look.At) < Fresh ? look.Alarms : null;

    private async Task<IReadOnlyList<Alarm>> AskAsync(CancellationToken cancel)
    {
        try
        {
            return await alarms.AskAsync(cancel);
        }
        catch (NpgsqlException)
        {
            return [Alarm.DatabaseAway];
        }
    }

    private sealed record Look(IReadOnlyList<Alarm> Alarms, long At);
}
