using System.Globalization;
using Hangfire;
using Hangfire.AspNetCore;
using Hangfire.PostgreSql;
using Npgsql;
using SinHo.Reporting.Backups;
using SinHo.Reporting.Host.Verbs;
using SinHo.Reporting.Reports;
using SinHo.Reporting.Runs;

namespace SinHo.Reporting.Host.Work;

/// <summary>Jobs, obligations and alarms as services of a site, and the workers behind them.</summary>
public static class WorkServices
{
    /// <summary>Hangfire's tables, apart from ours: nothing of ours refers to them, and they may be dropped while the service is down.</summary>
    public const string Schema = "hangfire";

    /// <summary>A variable for tests and trials: the lease in seconds, from which all other times of the workers follow.</summary>
    public const string LeaseVariable = "SINHO_LEASE";

    /// <summary>How many jobs a process that works takes at a time; one for each core of a small machine where it says nothing.</summary>
    public const string JobsVariable = "SINHO_JOBS";

    private const int UsualJobs = 2;

    /// <summary>More than these a process of one pool of sessions cannot serve.</summary>
    private const int MostJobs = 4;

    /// <summary>Hangfire keeps one log for the whole process; it must not end with the site that was built last.</summary>
    private static readonly ILoggerFactory HangfireLog = LoggerFactory.Create(log => log.AddSimpleConsole().SetMinimumLevel(LogLevel.Error));

    /// <summary>Hangfire.PostgreSql with its known traps set right.</summary>
    public static PostgreSqlStorageOptions StorageOptions => new()
    {
        SchemaName = Schema,
        // Else a job longer than the time-out is handed to a second worker while the first is at it.
        UseSlidingInvisibilityTimeout = true,
        InvisibilityTimeout = TimeSpan.FromMinutes(5),
        // Else the service starts "healthy" without a database and schedules nothing.
        AllowDegradedModeWithoutStorage = false,
        StartupConnectionMaxRetries = 3,
        StartupConnectionMaxDelay = TimeSpan.FromSeconds(5),
        QueuePollInterval = TimeSpan.FromSeconds(2),
        // A lock has no owner: it must not be waited for long, and nothing of ours relies on it.
        DistributedLockTimeout = TimeSpan.FromMinutes(2),
    };

    /// <param name="place">Outlives the site.</param>
    /// <param name="role">Whether this process works, or only asks for work.</param>
    /// <param name="limits">Of the pages of this process; null where it has none.</param>
    public static void AddWork(this WebApplicationBuilder builder, Workplace place, Role role, PageLimits? limits = null)
    {
        var services = builder.Services;
        var definitions = Workplace.Definitions();
        var times = Times();
        services.AddSingleton(limits is null ? place.Database : place.Pages(limits));
        services.AddSingleton(limits is null ? place.Statistics : place.PageStatistics(limits));
        if (place.Watch is { } watch)
        {
            services.AddSingleton(watch);
            services.AddHostedService(provider => new ServerKeeper(
                watch, limits is null ? [place.Database] : [place.Database, place.Pages(limits)], provider.GetRequiredService<ILogger<ServerKeeper>>()));
        }
        services.AddSingleton(definitions);
        services.AddSingleton(Workplace.Clock);
        services.AddSingleton(WorkerName.Here);
        services.AddSingleton(times);
        services.AddSingleton<Jobs>();
        services.AddSingleton<StoredFiles>();
        services.AddSingleton<IssuedReports>();
        services.AddSingleton<Obligations>();
        services.AddSingleton<Schedules>();
        services.AddSingleton<SavedLists>();
        services.AddSingleton<Calendars>();
        // What works does so in its own sessions, however many readers there are.
        services.AddSingleton(new Tick(place.Database, new(place.Database, times)));
        services.AddSingleton(BackupVerb.Work(place));
        services.AddSingleton<Bell>();
        services.AddSingleton(Alarms(place));
        services.AddHangfire(hangfire => hangfire
            .UseLogProvider(new AspNetCoreLogProvider(HangfireLog))
            .UseSimpleAssemblyNameTypeSerializer()
            .UseRecommendedSerializerSettings()
            .UsePostgreSqlStorage(storage => storage.UseConnectionFactory(new Connections(place.Database)), StorageOptions));
        if (role != Role.Web)
            AddWorkers(services, place);
    }

    public static void MapWork(this WebApplication site)
    {
        site.MapGet("/health/live", () => Results.Text("ok")).AllowAnonymous();
        site.MapGet("/health/ready", Health.ReadyAsync).AllowAnonymous();
    }

    /// <summary>What to ask for alarms in a place.</summary>
    public static Alarms Alarms(Workplace place) => new(place.Database, Workplace.Clock, [.. new[] { place.Folder, place.BackupFolder }.OfType<string>()]) { Standbys = place.StandbyHosts };

    /// <exception cref="UsageException">The variable names no number of jobs.</exception>
    private static int JobsAtATime() => Workplace.Variable(JobsVariable) switch
    {
        null => UsualJobs,
        var said when int.TryParse(said, NumberStyles.None, CultureInfo.InvariantCulture, out var jobs) && jobs is >= 1 and <= MostJobs => jobs,
        var said => throw new UsageException($"{JobsVariable} là số việc làm cùng lúc của một tiến trình, từ 1 đến {MostJobs}; không nhận “{said}”."),
    };

    private static void AddWorkers(IServiceCollection services, Workplace place)
    {
        var jobs = JobsAtATime();
        services.AddSingleton(provider => Reports(place, provider.GetRequiredService<Catalog.Definitions>()));
        services.AddSingleton(provider => new WorkKind(ReportWork.Kind, provider.GetRequiredService<ReportWork>().MakeAsync));
        services.AddSingleton(provider => new WorkKind(ReportWork.DueKind, provider.GetRequiredService<ReportWork>().FulfilAsync));
        services.AddSingleton(provider => new WorkKind(BackupWork.Kind, provider.GetRequiredService<BackupWork>().DoAsync));
        services.AddSingleton(provider => new WorkKind(ListWork.Kind, Lists(place, provider.GetRequiredService<Catalog.Definitions>()).RunAsync));
        services.AddSingleton(provider => new WorkKind(ImportWork.Kind, new ImportWork(
            place.Database, Path.Combine(Workplace.Root, "sql", "import"), provider.GetRequiredService<Catalog.Definitions>(), Workplace.Clock).RunAsync));
        services.AddSingleton(provider => new JobRunner(
            new(place.Database, provider.GetRequiredService<WorkTimes>()), provider.GetRequiredService<WorkTimes>(), WorkerName.Here.Text,
            provider.GetServices<WorkKind>().ToDictionary(kind => kind.Kind, kind => kind.Do)));
        services.AddSingleton<Worker>();
        services.AddHangfireServer(server =>
        {
            server.ServerName = $"{WorkerName.Here.Text}/bell";
            server.Queues = [Bell.TickQueue];
            server.WorkerCount = 1;
        });
        services.AddHangfireServer(server =>
        {
            server.ServerName = $"{WorkerName.Here.Text}/work";
            server.Queues = [Bell.AskedQueue, Bell.DueQueue];
            server.WorkerCount = jobs;
        });
        services.AddHostedService<Watchdog>();
    }

    private static ReportWork Reports(Workplace place, Catalog.Definitions definitions) =>
        new(place.Database, new ReportBuilder(place.Statistics, definitions), new FileNames(place.Statistics, definitions), Lists(place, definitions), Workplace.Root);

    private static ListWork Lists(Workplace place, Catalog.Definitions definitions) => new(place.Database, place.Statistics, definitions);

    private static WorkTimes Times() => Environment.GetEnvironmentVariable(LeaseVariable) is { Length: > 0 } seconds
        ? new(TimeSpan.FromSeconds(double.Parse(seconds, CultureInfo.InvariantCulture)))
        : WorkTimes.Usual;

    /// <summary>Hangfire takes its connections from our pool.</summary>
    private sealed class Connections(NpgsqlDataSource database) : IConnectionFactory
    {
        public NpgsqlConnection GetOrCreateConnection() => database.CreateConnection();
    }
}
