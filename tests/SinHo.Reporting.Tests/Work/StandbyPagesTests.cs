using System.Diagnostics;
using System.Globalization;
using System.Net;
using Dapper;
using Npgsql;
using SinHo.Reporting.Access;
using SinHo.Reporting.Facts;
using SinHo.Reporting.Tests.Browser;
using SinHo.Reporting.Tests.Host;
using SinHo.Reporting.Tests.Support;
using Xunit;

namespace SinHo.Reporting.Tests.Work;

/// <summary>Pages of whole web processes that read from a standby: whoever entered something sees it, whoever only reads needs no primary.</summary>
public sealed class StandbyPagesTests(FollowedSample sample, Chromium chromium) : IClassFixture<FollowedSample>
{
    private const string Paper = "/bao-cao/van-ban?mau=term&don-vi=SH.X03&tu=2015-07-01&den=2020-06-30&dang=csv";

    private const string Members = "/danh-sach/members/tep?don-vi=SH.X03&ngay=2020-06-30";

    /// <summary>Readers see no older register than ten seconds: after these a page from the standby may no longer be expected.</summary>
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(8);

    /// <summary>What a page may take beside the two seconds for which a standby is waited for, on a machine that others use.</summary>
    private static readonly TimeSpan Slow = TimeSpan.FromSeconds(4);

    /// <summary>Five seconds for the host that writes, two for the one that reads.</summary>
    private static readonly TimeSpan TwoHosts = TimeSpan.FromSeconds(7) + Slow;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Trait("Length", "Long")]
    [Fact]
    public async Task Whoever_entered_something_sees_it_at_every_web_process_while_others_read_from_the_late_standby()
    {
        var read = await sample.FollowAsync();
        await using var standby = NpgsqlDataSource.Create(read);
        await using var one = Serve(read);
        await using var other = Serve(read);
        Uri[] sites = [await one.AddressAsync(Cancel), await other.AddressAsync(Cancel)];
        var member = await ScalarAsync<string>(sample.Register, "select member from membership where valid_to is null order by member limit 1");
        var page = $"/dang-vien?ma={member}&ngay=2026-11-20";
        (await AddAsync(sites[0], "nguoi-ghi")).Dispose();
        (await AddAsync(sites[0], "nguoi-xem")).Dispose();
        // A window of each at either process, where they have been before and did nothing for a while: nothing makes these ask the primary.
        await using var writing = await EnterAsync(sites[0], "nguoi-ghi");
        await using var away = await EnterAsync(sites[1], "nguoi-ghi");
        await using var reading = await EnterAsync(sites[0], "nguoi-xem");
        await using var awayReading = await EnterAsync(sites[1], "nguoi-xem");
        foreach (var visit in (Visit[])[writing, away, reading, awayReading])
            await ReadAsync(visit, page);

        for (var tried = 1; ; tried++)
        {
            var decision = $"{tried}/CHAM";
            await writing.GoAsync($"/su-kien/khen-thuong?ma={member}");
            await writing.SettleAsync();
            await writing.Page.GetByLabel("Hình thức *").SelectOptionAsync("Giấy khen");
            await writing.Page.GetByLabel("Cấp tặng *").SelectOptionAsync("Huyện ủy");
            await writing.Page.GetByLabel("Ngày *", new() { Exact = true }).FillAsync($"{tried}/11/2026");
            await writing.Page.GetByLabel("Số quyết định").FillAsync(decision);
            await writing.ButtonAsync("Xem trước");
            await CatchUpAsync(standby);
            var late = Stopwatch.StartNew();
            await ExecuteAsync(standby, "select pg_wal_replay_pause()");
            try
            {
                await writing.SavePreviewedAsync("được tặng Giấy khen");
                (string Text, TimeSpan Took)[] old = [await ReadAsync(reading, page), await ReadAsync(awayReading, page)];
                var wasFresh = late.Elapsed < Fresh;
                foreach (var (index, visit) in ((Visit[])[writing, away]).Index())
                {
                    var (text, took) = await ReadAsync(visit, page);
                    TestContext.Current.TestOutputHelper?.WriteLine($"own entry at process {index + 1}: {took.TotalSeconds:0.00} s; of another: {old[index].Took.TotalSeconds:0.00} s");
                    Assert.Contains(decision, text, StringComparison.Ordinal);
                    Assert.True(took < TimeSpan.FromSeconds(2) + Slow, $"{took}");
                }
                if (!wasFresh && tried < 5)
                    continue;
                Assert.All(old, shown => Assert.DoesNotContain(decision, shown.Text, StringComparison.Ordinal));
            }
            finally
            {
                await ExecuteAsync(standby, "select pg_wal_replay_resume()");
            }
            await CatchUpAsync(standby);
            foreach (var visit in (Visit[])[reading, awayReading])
                Assert.Contains(decision, (await ReadAsync(visit, page)).Text, StringComparison.Ordinal);
            return;
        }
    }

    [Trait("Length", "Long")]
    [Fact]
    public async Task Pages_go_on_from_the_primary_when_the_standby_is_killed()
    {
        var read = await sample.FollowAsync();
        await using var site = Serve(read);
        var address = await site.AddressAsync(Cancel);
        using var reader = await AddAsync(address, "nguoi-doc");
        var expected = await BytesAsync(reader, Paper);
        await using (var standby = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(read) { Pooling = false }.ConnectionString))
            Assert.True(await ScalarAsync<bool>(standby, $"select exists (select from pg_stat_activity where application_name = '{StatisticsSource.ApplicationName}')"));
        var (asked, slowest) = await MeanwhileAsync(reader, expected, sample.KillLastAsync);
        Assert.True(slowest < TimeSpan.FromSeconds(2) + Slow, $"{asked} pages, the slowest {slowest}");
    }

    /// <summary>A host that takes connections and says nothing is the first of all, for what writes and for what reads; a standby falls silent in the midst.</summary>
    [Trait("Length", "Long")]
    [Fact]
    public async Task Pages_and_commands_go_to_other_hosts_when_one_is_silent()
    {
        await using var silent = new Relay(null);
        var read = await sample.FollowAsync();
        await using var relay = new Relay(read);
        var hosts = new NpgsqlConnectionStringBuilder(sample.Connection);
        var all = new NpgsqlConnectionStringBuilder(sample.Connection) { Host = $"{silent.Host},{hosts.Host},{relay.Host}" }.ConnectionString;
        await using var site = SinhoProcess.Start(["serve", "--role", "web", "--urls", "http://127.0.0.1:0"], all);
        using var reader = await AddAsync(await site.AddressAsync(Cancel), "nguoi-cho");
        var expected = await BytesAsync(reader, Paper);
        var (asked, slowest) = await MeanwhileAsync(reader, expected, () => Task.CompletedTask);
        // It was found out once, and since then only the watch has waited for it.
        Assert.True(slowest < Slow, $"{asked} pages, the slowest {slowest}");
        Assert.True(silent.Connections > 2, $"{silent.Connections}");

        var took = Stopwatch.StartNew();
        var said = await SinhoProcess.RunAsync(["report", "monthly", "--unit", "SH", "--month", "2019-12", "--format", "json"], all, Cancel);
        TestContext.Current.TestOutputHelper?.WriteLine($"command {took.Elapsed.TotalSeconds:0.00} s");
        Assert.True(said.Exit == 0, said.Error);
        Assert.True(took.Elapsed < TimeSpan.FromSeconds(20), $"{took.Elapsed}");

        // Sessions that wait in the pool lead nowhere all at once.
        Assert.True(relay.Connections > 0);
        relay.FallSilent();
        (asked, slowest) = await MeanwhileAsync(reader, expected, () => Task.CompletedTask);
        Assert.True(slowest < TwoHosts, $"{asked} pages, the slowest {slowest}");
    }

    /// <summary>Three read on while something happens, and all of them are answered.</summary>
    private static async Task<(int Asked, TimeSpan Slowest)> MeanwhileAsync(Visitor reader, byte[] expected, Func<Task> happens)
    {
        var (asked, slowest) = (0, TimeSpan.Zero);
        var enough = new Lock();
        using var end = new CancellationTokenSource();
        var readers = Enumerable.Range(0, 3).Select(async number =>
        {
            while (!end.IsCancellationRequested)
            {
                var took = Stopwatch.StartNew();
                if (number == 0)
                    Assert.NotEmpty(await BytesAsync(reader, Members));
                else
                    Assert.Equal(expected, await BytesAsync(reader, Paper));
                lock (enough)
                    (asked, slowest) = (asked + 1, took.Elapsed > slowest ? took.Elapsed : slowest);
            }
        }).ToList();
        await Task.Delay(TimeSpan.FromSeconds(1), Cancel);
        await happens();
        // Long enough for a host that is away to be looked at twice again.
        await Task.Delay(TimeSpan.FromSeconds(15), Cancel);
        await end.CancelAsync();
        await Task.WhenAll(readers);
        TestContext.Current.TestOutputHelper?.WriteLine($"{asked} pages, the slowest {slowest.TotalSeconds:0.00} s");
        Assert.True(asked > 10, $"{asked}");
        return (asked, slowest);
    }

    /// <summary>Somebody who has set his password by a link.</summary>
    private async Task<Visitor> AddAsync(Uri site, string name)
    {
        var account = await new Accounts(sample.Register).AddAsync(new(name, name, Role.Administrator, null), "test", Cancel);
        var token = await new Passwords(sample.Register).MakeLinkAsync(account.Id, TimeSpan.FromHours(1), "test", Cancel);
        var visitor = new Visitor(site);
        (await visitor.SetPasswordAsync(new(site, $"/dat-mat-khau?ma={token}"), Visitor.Password)).Dispose();
        return visitor;
    }

    private static async Task<byte[]> BytesAsync(Visitor visitor, string page)
    {
        using var answer = await visitor.GetAsync(page);
        var bytes = await answer.Content.ReadAsByteArrayAsync(Cancel);
        Assert.True(answer.StatusCode == HttpStatusCode.OK, $"{(int)answer.StatusCode} {System.Text.Encoding.UTF8.GetString(bytes)}");
        return bytes;
    }

    private async Task<Visit> EnterAsync(Uri site, string name)
    {
        var visit = await chromium.OpenAsync(site);
        await visit.GoAsync("/dang-nhap");
        await visit.SignInAsync(name, Visitor.Password);
        return visit;
    }

    private SinhoProcess Serve(string read) => SinhoProcess.Start(
        ["serve", "--role", "web", "--urls", "http://127.0.0.1:0"], sample.Connection, new Dictionary<string, string>(StringComparer.Ordinal) { ["SINHO_DATABASE_READ"] = read });

    /// <summary>Opens a page as if its address were typed.</summary>
    /// <returns>What it shows, and how long it took until it did.</returns>
    private static async Task<(string Text, TimeSpan Took)> ReadAsync(Visit visit, string page)
    {
        var took = Stopwatch.StartNew();
        await visit.GoAsync(page);
        await visit.SettleAsync();
        return (await visit.Page.Locator("main").InnerTextAsync(), took.Elapsed);
    }

    private async Task CatchUpAsync(NpgsqlDataSource standby)
    {
        // A commit of this moment, so that the standby knows itself to be fresh.
        await ExecuteAsync(sample.Register, "update setting set value = value where name = 'few_member_max'");
        var written = await ScalarAsync<string>(sample.Register, "select pg_current_wal_flush_lsn()::text");
        while (!await ScalarAsync<bool>(standby, string.Create(CultureInfo.InvariantCulture, $"select pg_last_wal_replay_lsn() >= '{written}'")))
            await Task.Delay(20, Cancel);
    }

    private static async Task<T> ScalarAsync<T>(NpgsqlDataSource database, string sql)
    {
        await using var open = await database.OpenConnectionAsync(Cancel);
        return (await open.ExecuteScalarAsync<T>(sql))!;
    }

    private static async Task ExecuteAsync(NpgsqlDataSource database, string sql)
    {
        await using var open = await database.OpenConnectionAsync(Cancel);
        await open.ExecuteAsync(sql);
    }
}
