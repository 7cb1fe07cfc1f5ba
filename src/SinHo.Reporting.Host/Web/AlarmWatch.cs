using Npgsql;
using SinHo.Reporting.Runs;

namespace SinHo.Reporting.Host.Web;

/// <summary>The alarms for every page: asked at most twice a minute, however many pages are open.</summary>
public sealed class AlarmWatch(Alarms alarms, TimeProvider clock) : IDisposable
{
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(30);

    private readonly SemaphoreSlim one = new(1);
    private Look? last;

    /// <summary>What was known holds no more.</summary>
    public event EventHandler? Forgotten;

    /// <returns>Empty when all is well.</returns>
    public async ValueTask<IReadOnlyList<Alarm>> LookAsync(CancellationToken cancel)
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
