using System.CommandLine;
using Dapper;
using Hangfire;
using Hangfire.PostgreSql;
using Hangfire.PostgreSql.Factories;
using Hangfire.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using SinHo.Reporting.Host;
using SinHo.Reporting.Host.Work;
using SinHo.Reporting.Runs;
using SinHo.Reporting.Tests.Runs;
using SinHo.Reporting.Tests.Support;
using SinHo.Reporting.Words;
using Xunit;

namespace SinHo.Reporting.Tests.Work;

/// <summary>Counts how often Hangfire calls it.</summary>
public static class LongWork
{
    private static int calls;

    public static int Calls => Volatile.Read(ref calls);

    [AutomaticRetry(Attempts = 0)]
    public static async Task RunAsync()
    {
        Interlocked.Increment(ref calls);
        await Task.Delay(TimeSpan.FromSeconds(8));
    }
}

/// <summary>What is known to go wrong with Hangfire and its PostgreSQL storage does not stop the ledger.</summary>
public sealed class HangfireTrapsTests(TestCluster cluster)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Work_longer_than_the_invisibility_timeout_is_not_handed_out_twice()
    {
        var options = WorkServices.StorageOptions;
        options.InvisibilityTimeout = TimeSpan.FromSeconds(2);
        options.QueuePollInterval = TimeSpan.FromMilliseconds(200);
        var storage = new PostgreSqlStorage(new NpgsqlConnectionFactory(await cluster.NewDatabaseAsync(), options), options);
        using (new BackgroundJobServer(new BackgroundJobServerOptions { WorkerCount = 3, Activator = new JobActivator() }, storage))
        {
            new BackgroundJobClient(storage).Enqueue(() => LongWork.RunAsync());
            await Task.Delay(TimeSpan.FromSeconds(9), Cancel);
        }

        Assert.Equal(1, LongWork.Calls);
    }

    [Fact]
    public void Without_a_database_nothing_starts_as_if_it_were_healthy()
    {
        var options = WorkServices.StorageOptions;
        options.StartupConnectionMaxRetries = 1;
        Assert.ThrowsAny<Exception>(() => new PostgreSqlStorage(new NpgsqlConnectionFactory("Host=/nowhere;Username=x;Database=x", options), options).GetConnection());
    }

    [Fact]
    public async Task The_bell_that_Hangfire_rings_makes_what_is_due()
    {
        await using var ledger = await Ledger.NewAsync(cluster);
        await using var place = await PlaceAsync(ledger);
        await using var running = await RunningSite.StartAsync(place, WorkTimes.Usual);
        await ledger.Schedules.AddAsync(ledger.Monthly(LongDue, "SH.X03"), "test", Cancel);

        running.Site.Services.GetRequiredService<IRecurringJobManager>().Trigger(Bell.RecurringId);

        await UntilDoneAsync(ledger);
        Assert.Equal(1, await ledger.ScalarAsync<int>("select attempts from job"));
    }

    [Fact]
    public async Task A_bell_that_Hangfire_has_given_up_is_registered_anew()
    {
        await using var ledger = await Ledger.NewAsync(cluster);
        await using var place = await PlaceAsync(ledger);
        await using var running = await RunningSite.StartAsync(place, new(TimeSpan.FromSeconds(2)));
        var storage = running.Site.Services.GetRequiredService<JobStorage>();
        Assert.NotNull(Registered(storage)?.NextExecution);
        // As RecurringJobEntity.Disable leaves it after five failed schedulings.
        await ledger.ScalarAsync<object>("""
            update hangfire.hash set value = '' where key = 'recurring-job:tick' and field = 'NextExecution';
            update hangfire.set set score = -1 where key = 'recurring-jobs'
            """);
        Assert.Null(Registered(storage)?.NextExecution);
        await UntilAsync(() => Task.FromResult(Registered(storage)?.NextExecution is not null));

        await ledger.ScalarAsync<object>("delete from hangfire.hash; delete from hangfire.set");
        await ledger.Schedules.AddAsync(ledger.Monthly(LongDue, "SH.X03"), "test", Cancel);
        await UntilDoneAsync(ledger);
        await UntilAsync(() => Task.FromResult(Registered(storage)?.NextExecution is not null));
    }

    [Trait("Length", "Long")]
    [Fact]
    public async Task A_lock_of_Hangfire_that_nobody_will_release_holds_nothing_up()
    {
        await using var ledger = await Ledger.NewAsync(cluster);
        await using var place = await PlaceAsync(ledger);
        await using var running = await RunningSite.StartAsync(place, new(TimeSpan.FromSeconds(2)));
        await ledger.ScalarAsync<object>("""
            insert into hangfire.lock (resource, updatecount, acquired)
            select resource, 0, now() + interval '1 day'
            from unnest(array['hangfire:recurring-jobs:lock', 'hangfire:lock:recurring-job:tick', 'hangfire:recurring-job:tick', 'hangfire:locks:schedulepoller']) as resource
            on conflict do nothing
            """);
        await ledger.Schedules.AddAsync(ledger.Monthly(LongDue, "SH.X03", "SH.X04"), "test", Cancel);
        await UntilDoneAsync(ledger);
    }

    [Fact]
    public async Task A_job_told_many_times_is_done_once_and_one_that_a_user_waits_for_is_told_at_once()
    {
        await using var ledger = await Ledger.NewAsync(cluster);
        await using var place = await PlaceAsync(ledger);
        await using var running = await RunningSite.StartAsync(place, WorkTimes.Usual);
        var wish = new ReportWish("term", "SH.X03", LongDue, LongDue, "một ngày", new Dictionary<string, int>(StringComparer.Ordinal));
        var job = await ledger.Jobs.SubmitAsync(ReportWork.Wish(wish, "a"), Cancel);
        for (var ring = 0; ring < 5; ring++)
            running.Site.Services.GetRequiredService<Bell>().Ring(job);

        await UntilAsync(async () => (await ledger.Jobs.GetAsync(job, Cancel)).State == JobState.Done);
        await UntilAsync(() => Task.FromResult(running.Site.Services.GetRequiredService<JobStorage>().GetMonitoringApi().SucceededListCount() >= 5));
        Assert.Equal((1, 1), (await ledger.ScalarAsync<int>("select attempts from job"), await ledger.ScalarAsync<int>("select count(*)::integer from issued_report")));
    }

    private static DateOnly LongDue => Vietnamese.Today(TimeProvider.System.GetUtcNow()).AddMonths(-2);

    private static RecurringJobDto? Registered(JobStorage storage)
    {
        using var connection = storage.GetConnection();
        return connection.GetRecurringJobs().SingleOrDefault();
    }

    private static Task<Workplace> PlaceAsync(Ledger ledger) =>
        Workplace.OpenAsync(new RootCommand { CommonOptions.Database, CommonOptions.Data }.Parse(["--database", ledger.Connection]), Cancel);

    private static Task UntilDoneAsync(Ledger ledger) =>
        UntilAsync(() => ledger.ScalarAsync<bool>("select coalesce(bool_and(state = 'done'), false) from obligation where due_on <= current_date"));

    private static async Task UntilAsync(Func<Task<bool>> reached)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        limit.CancelAfter(TimeSpan.FromSeconds(60));
        while (!await reached())
            await Task.Delay(50, limit.Token);
    }

    /// <summary>A worker in this process.</summary>
    private sealed class RunningSite(WebApplication site) : IAsyncDisposable
    {
        public WebApplication Site => site;

        public static async Task<RunningSite> StartAsync(Workplace place, WorkTimes times)
        {
            var builder = WebApplication.CreateSlimBuilder();
            builder.Logging.SetMinimumLevel(LogLevel.Critical);
            builder.WebHost.UseSetting("urls", "http://127.0.0.1:0");
            builder.AddWork(place, Role.Worker);
            builder.Services.AddSingleton(times);
            var site = builder.Build();
            await site.StartAsync(Cancel);
            return new(site);
        }

        public async ValueTask DisposeAsync()
        {
            await site.StopAsync(CancellationToken.None);
            await site.DisposeAsync();
        }
    }
}
