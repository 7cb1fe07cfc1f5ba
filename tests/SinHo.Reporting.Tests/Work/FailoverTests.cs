using System.Collections.Concurrent;
using System.Text;
using Dapper;
using Npgsql;
using SinHo.Reporting.Events;
using SinHo.Reporting.Exchange;
using SinHo.Reporting.Facts;
using SinHo.Reporting.Samples;
using SinHo.Reporting.Servers;
using SinHo.Reporting.Tests.Runs;
using SinHo.Reporting.Tests.Support;
using SinHo.Reporting.Words;
using Xunit;

namespace SinHo.Reporting.Tests.Work;

/// <summary>
/// The primary dies under load, a standby takes its place. A commit waits for one of two standbys (synchronous_standby_names = ANY 1), and every
/// unit of work is tried again whole: nothing that was acknowledged is lost, nothing is there twice.
/// </summary>
public sealed class FailoverTests : IAsyncDisposable
{
    private const int Writers = 3;

    private static readonly DateOnly LongDue = Vietnamese.Today(TimeProvider.System.GetUtcNow()).AddMonths(-5);

    private readonly ConcurrentBag<string> acknowledged = [];
    private readonly ConcurrentBag<string> triedAgain = [];
    private readonly CancellationTokenSource enough = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync()
    {
        enough.Dispose();
        return ValueTask.CompletedTask;
    }

    [Trait("Length", "Long")]
    [Fact]
    public async Task A_primary_killed_under_load_loses_and_doubles_no_entry_and_no_report()
    {
        await using var server = await OwnServer.StartAsync();
        await Migrator.UpgradeAsync(server.Connection, Path.Combine(AppContext.BaseDirectory, "sql"), Cancel);
        await using (var first = NpgsqlDataSource.Create(server.Connection))
            await Registers.ImportAsync(first, SinHoSample.OfTheArticle(), Cancel);
        await server.FollowAsync();
        await server.FollowAsync();
        await WaitForOneAsync(server.Connection);
        // As SINHO_DATABASE names them; the program itself adds what it looks for.
        var all = server.At(0, 1, 2);
        var settings = new NpgsqlConnectionStringBuilder(all) { Timeout = 2, HostRecheckSeconds = 1, ApplicationName = "test", LoadBalanceHosts = true };
        await using var hosts = new NpgsqlDataSourceBuilder(settings.ConnectionString).BuildMultiHost();
        var write = hosts.WithTargetSession(TargetSessionAttributes.ReadWrite);
        var read = new StatisticsSource(write, hosts.WithTargetSession(TargetSessionAttributes.PreferStandby), TimeSpan.FromSeconds(2));
        await using var ledger = Ledger.At(new NpgsqlConnectionStringBuilder(all) { TargetSessionAttributes = "read-write", Timeout = 2 }.ConnectionString);
        await using var one = WorkerProcess.Start(all);
        await using var other = WorkerProcess.Start(all);
        var members = await MembersAsync(write);
        List<Task> load = [.. members.Select((member, writer) => WriteAsync(write, writer, member)), ReadAsync(read), ReadAsync(read)];
        await UntilAsync(() => Task.FromResult(acknowledged.Count >= 5 || load.Exists(task => task.IsFaulted)));
        await ledger.Schedules.AddAsync(ledger.Monthly(LongDue, "SH", "SH.X03"), "test", Cancel);
        await UntilAsync(() => ledger.ScalarAsync<bool>("select exists (select from job where state = 'running')"));

        await server.DieAsync();
        var before = acknowledged.Count;
        // Of two standbys one may lack what the other confirmed: the one that received more takes over.
        var received = await Task.WhenAll(ReceivedAsync(server.At(1)), ReceivedAsync(server.At(2)));
        var (next, left) = received[0] >= received[1] ? (1, 2) : (2, 1);
        await server.PromoteAsync(next, left);
        await WaitForOneAsync(server.At(next));

        await UntilAsync(() => Task.FromResult(acknowledged.Count >= before + 5 || load.Exists(task => task.IsFaulted)));
        const string due = "(select count(*) from obligation where due_on <= current_date)";
        await UntilAsync(() => ledger.ScalarAsync<bool>($"select {due} >= 8 and {due} = (select count(*) from obligation where state = 'done')"));
        await enough.CancelAsync();
        await Task.WhenAll(load);

        await using var open = await write.OpenAsync(Cancel);
        Assert.False(await open.ExecuteScalarAsync<bool>("select pg_is_in_recovery()"));
        var kept = (await open.QueryAsync<string>("select decision from reward where decision like '%/KILL-%'")).Order(StringComparer.Ordinal).ToList();
        Assert.Equal(acknowledged.Order(StringComparer.Ordinal), kept);
        Assert.Equal(kept.Count, kept.Distinct(StringComparer.Ordinal).Count());
        Assert.NotEmpty(triedAgain);
        // Each import has one number, each entry one line of the trail.
        Assert.Equal(kept.Count, await open.ExecuteScalarAsync<long>("select count(*) from trail where table_name = 'reward' and after ->> 'decision' like '%/KILL-%'"));
        Assert.True(await ledger.ScalarAsync<bool>($"select {due} = (select count(*) from issued_report where edition = 1) and {due} = (select count(*) from issued_report)"));
        Assert.Equal(await ledger.ScalarAsync<long>("select count(*) from issued_report"), Directory.GetFileSystemEntries(ledger.Folder.Path).Length);
    }

    /// <summary>One entry after another, each until it is acknowledged; whoever was not told whether it was kept enters it again.</summary>
    private async Task WriteAsync(NpgsqlDataSource write, int writer, string member)
    {
        var import = new RegisterImport(write, Path.Combine(AppContext.BaseDirectory, "sql", "import"));
        for (var number = 0; !enough.IsCancellationRequested; number++)
        {
            var decision = $"{number}/KILL-{writer}";
            var events = Encoding.UTF8.GetBytes($$"""{"entries": [{"event": "reward", "member": "{{member}}", "form": "Giấy khen", "level": "Huyện ủy", "date": "{{new DateOnly(2019, 1, 1).AddDays(number):yyyy-MM-dd}}", "decision": "{{decision}}"}]}""");
            for (var tried = 0; ; tried++)
            {
                try
                {
                    using var file = new MemoryStream(events);
                    var outcome = await EventRecord.RunAsync(write, import, file, new("", "", "test", DryRun: false), null, Cancel);
                    // Refused the second time: the first was kept, only its answer was lost.
                    Assert.True(outcome.Accepted || tried > 0 && outcome.Errors is [{ Code: IssueCode.AlreadyThere }], string.Join('\n', outcome.Errors));
                    acknowledged.Add(decision);
                    await Task.Delay(50, Cancel);
                    break;
                }
                catch (RegisterMovedException)
                {
                    // Another entry came in between.
                    tried--;
                }
                catch (NpgsqlException)
                {
                    triedAgain.Add(decision);
                    await Task.Delay(100, Cancel);
                }
            }
        }
    }

    /// <summary>What was seen once is never missed later, whichever server answers.</summary>
    private async Task ReadAsync(StatisticsSource read)
    {
        var seen = 0L;
        while (!enough.IsCancellationRequested)
        {
            try
            {
                await using var snapshot = await Snapshot.TakeAsync(read, Cancel);
                var now = (await snapshot.QueryAsync<long>("select count(*) from reward where decision like '%/KILL-%'", new { }, Cancel)).Single();
                Assert.True(now >= seen, $"{now} after {seen}");
                seen = now;
                await Task.Delay(50, Cancel);
            }
            catch (NpgsqlException)
            {
                await Task.Delay(100, Cancel);
            }
        }
    }

    private static async Task WaitForOneAsync(string connection)
    {
        await using var database = NpgsqlDataSource.Create(connection);
        await using var open = await database.OpenConnectionAsync(Cancel);
        await open.ExecuteAsync("alter system set synchronous_standby_names = 'ANY 1 (*)'");
        await open.ExecuteAsync("select pg_reload_conf()");
        await UntilAsync(() => open.ExecuteScalarAsync<bool>("select exists (select from pg_stat_replication where sync_state = 'quorum')"));
    }

    private static async Task<decimal> ReceivedAsync(string connection)
    {
        await using var database = NpgsqlDataSource.Create(connection);
        await using var open = await database.OpenConnectionAsync(Cancel);
        return await open.ExecuteScalarAsync<decimal>("select pg_wal_lsn_diff(pg_last_wal_receive_lsn(), '0/0')");
    }

    private static async Task<List<string>> MembersAsync(NpgsqlDataSource write)
    {
        await using var open = await write.OpenAsync(Cancel);
        return (await open.QueryAsync<string>("select member::text from membership where valid_from < '2018-01-01' and valid_to is null order by member limit @Writers", new { Writers })).AsList();
    }

    private static async Task UntilAsync(Func<Task<bool>> reached)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        limit.CancelAfter(TimeSpan.FromMinutes(3));
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
