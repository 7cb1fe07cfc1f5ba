using Hangfire;
using Npgsql;
using SinHo.Reporting.Runs;

namespace SinHo.Reporting.Host.Work;

/// <summary>
/// Looks whether the bell still rings. Hangfire gives a recurring job up after five failed schedulings and may wait for a lock that nobody
/// holds: then this registers the tick anew and ticks itself. It uses neither Hangfire's locks nor its clock for that.
/// </summary>
public sealed partial class Watchdog(IRecurringJobManager recurring, Bell bell, Tick tick, WorkTimes times, ILogger<Watchdog> log) : BackgroundService
{
    /// <summary>The bell is registered and rung once before the service counts as started; without a database it does not start.</summary>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await bell.TickAsync(cancellationToken);
        Register(anew: false);
        await base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(times.Watch);
        while (await timer.WaitForNextTickAsync(stoppingToken))
            await LookAsync(stoppingToken);
    }

    /// <summary>Ticks where nobody did for three looks.</summary>
    private async Task LookAsync(CancellationToken cancel)
    {
        try
        {
            if (await tick.AgeAsync(cancel) is { } age && age < times.Watch * 3)
                return;
            Silent();
            await bell.TickAsync(cancel);
            Register(anew: true);
        }
        catch (Exception problem) when (problem is not OperationCanceledException)
        {
            // Whatever it was: it must not be the end of the watch, which looks again soon. That nobody ticks is told by the alarms.
            NotLooked(problem);
        }
    }

    /// <param name="anew">A bell given up stays so when it is merely registered again: Hangfire finds nothing changed in it.</param>
    private void Register(bool anew)
    {
        try
        {
            if (anew)
                recurring.RemoveIfExists(Bell.RecurringId);
            recurring.AddOrUpdate<Bell>(Bell.RecurringId, Bell.TickQueue, one => one.TickAsync(CancellationToken.None), Cron.Minutely());
        }
        catch (Exception problem) when (problem is NpgsqlException or Hangfire.Storage.DistributedLockTimeoutException or Hangfire.PostgreSql.PostgreSqlDistributedLockException)
        {
            NotLooked(problem);
        }
    }

    [LoggerMessage(LogLevel.Warning, "The bell was silent; ticking and registering it anew")]
    private partial void Silent();

    [LoggerMessage(LogLevel.Warning, "The bell cannot be looked after now")]
    private partial void NotLooked(Exception problem);
}
