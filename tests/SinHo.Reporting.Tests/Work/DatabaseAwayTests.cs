using System.Net;
using Npgsql;
using SinHo.Reporting.Facts;
using SinHo.Reporting.Samples;
using SinHo.Reporting.Servers;
using SinHo.Reporting.Tests.Runs;
using SinHo.Reporting.Tests.Support;
using SinHo.Reporting.Words;
using Xunit;

namespace SinHo.Reporting.Tests.Work;

/// <summary>The database goes away and comes back; a standby answers for it, never with less than was asked for.</summary>
public sealed class DatabaseAwayTests
{
    private static readonly DateOnly LongDue = Vietnamese.Today(TimeProvider.System.GetUtcNow()).AddMonths(-5);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Trait("Length", "Long")]
    [Fact]
    public async Task A_worker_outlives_a_stopped_database_and_goes_on_where_it_was()
    {
        await using var server = await OwnServer.StartAsync();
        await FillAsync(server.Connection);
        await using var ledger = Ledger.At(server.Connection);
        await ledger.Schedules.AddAsync(ledger.Monthly(LongDue, "SH", "SH.X03"), "test", Cancel);
        await using var worker = WorkerProcess.Start(server.Connection);
        using var web = new HttpClient { BaseAddress = await worker.AddressAsync(Cancel) };
        await UntilAsync(() => ledger.ScalarAsync<bool>("select exists (select from job where state = 'running')"));

        await server.GoAwayAsync();
        Assert.Equal(HttpStatusCode.ServiceUnavailable, await StatusAsync(web));
        await Task.Delay(TimeSpan.FromSeconds(WorkerProcess.LeaseSeconds * 1.5), Cancel);
        await server.ComeBackAsync();

        await AllDoneAsync(ledger);
        await UntilAsync(async () => await StatusAsync(web) == HttpStatusCode.OK);
        Assert.Equal(0, (await worker.StopAsync("TERM", Cancel)).Exit);
    }

    [Trait("Length", "Long")]
    [Fact]
    public async Task Two_workers_on_a_streaming_standby_make_each_report_once_though_one_is_killed()
    {
        await using var server = await OwnServer.StartAsync();
        await FillAsync(server.Connection);
        var read = await server.FollowAsync();
        await using var ledger = Ledger.At(server.Connection);
        await ledger.Schedules.AddAsync(ledger.Monthly(LongDue, "SH", "SH.X03"), "test", Cancel);
        await using var one = WorkerProcess.Start(server.Connection, read);
        await using var other = WorkerProcess.Start(server.Connection, read);
        await UntilAsync(() => ledger.ScalarAsync<bool>("select count(distinct claimed_by) = 2 from job"));
        await other.StopAsync("KILL", Cancel);

        await AllDoneAsync(ledger);
        await using var standby = NpgsqlDataSource.Create(read);
        await using (var connection = await standby.OpenConnectionAsync(Cancel))
        {
            await using var asked = new NpgsqlCommand($"select count(*) from pg_stat_activity where application_name = '{StatisticsSource.ApplicationName}'", connection);
            Assert.True((long)(await asked.ExecuteScalarAsync(Cancel))! > 0);
        }
    }

    [Fact]
    public async Task A_lagging_or_absent_standby_never_makes_a_report_older_than_asked()
    {
        await using var server = await OwnServer.StartAsync();
        await FillAsync(server.Connection);
        var read = await server.FollowAsync();
        await using var register = NpgsqlDataSource.Create(server.Connection);
        await using var standby = NpgsqlDataSource.Create(read);
        await using var nowhere = NpgsqlDataSource.Create("Host=/nowhere;Username=x;Database=x");
        var patience = TimeSpan.FromMilliseconds(300);

        Assert.True(await IsStandbyAsync(new(register, standby, TimeSpan.FromSeconds(10))));
        await ExecuteAsync(standby, "select pg_wal_replay_pause()");
        await ExecuteAsync(register, "update setting set value = 7 where name = 'few_member_max'");
        var lagging = new StatisticsSource(register, standby, patience);
        Assert.False(await IsStandbyAsync(lagging));
        Assert.Equal(7, await SettingAsync(lagging));
        await ExecuteAsync(standby, "select pg_wal_replay_resume()");
        Assert.True(await IsStandbyAsync(new(register, standby, TimeSpan.FromSeconds(10))));

        Assert.Equal(7, await SettingAsync(new(register, nowhere, patience)));
        // A server that follows nobody, e.g. a standby that was promoted, is not believed.
        Assert.False(await IsStandbyAsync(new(register, register, patience)));
    }

    private static async Task FillAsync(string connection)
    {
        await Migrator.UpgradeAsync(connection, Path.Combine(AppContext.BaseDirectory, "sql"), Cancel);
        await using var database = NpgsqlDataSource.Create(connection);
        await Registers.ImportAsync(database, SinHoSample.OfTheArticle(), Cancel);
    }

    private static async Task<bool> IsStandbyAsync(StatisticsSource source)
    {
        await using var snapshot = await Snapshot.TakeAsync(source, Cancel);
        return (await snapshot.QueryAsync<bool>("select pg_is_in_recovery()", new { }, Cancel)).Single();
    }

    private static async Task<int> SettingAsync(StatisticsSource source)
    {
        await using var snapshot = await Snapshot.TakeAsync(source, Cancel);
        return (await snapshot.QueryAsync<int>("select value from setting where name = 'few_member_max'", new { }, Cancel)).Single();
    }

    private static async Task ExecuteAsync(NpgsqlDataSource database, string sql)
    {
        await using var command = database.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(Cancel);
    }

    private static async Task<HttpStatusCode> StatusAsync(HttpClient web)
    {
        using var answer = await web.GetAsync(new Uri("/health/ready", UriKind.Relative), Cancel);
        return answer.StatusCode;
    }

    /// <summary>All that is due is done, once, and each file is there.</summary>
    private static async Task AllDoneAsync(Ledger ledger)
    {
        const string due = "(select count(*) from obligation where due_on <= current_date)";
        await UntilAsync(() => ledger.ScalarAsync<bool>($"select {due} >= 8 and {due} = (select count(*) from obligation where state = 'done')"));
        Assert.True(await ledger.ScalarAsync<bool>($"select {due} = (select count(*) from issued_report where edition = 1) and {due} = (select count(*) from issued_report)"));
        Assert.Equal(await ledger.ScalarAsync<long>("select count(*) from issued_report"), Directory.GetFileSystemEntries(ledger.Folder.Path).Length);
    }

    private static async Task UntilAsync(Func<Task<bool>> reached)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        limit.CancelAfter(TimeSpan.FromMinutes(2));
        while (true)
        {
            try
            {
                if (await reached())
                    return;
            }
            catch (NpgsqlException)
            {
                // The test's own sessions end with the server, too.
            }

            await Task.Delay(50, limit.Token);
        }
    }
}
