using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using Dapper;
using Npgsql;
using SinHo.Reporting.Tests.Host;
using SinHo.Reporting.Tests.Support;
using Xunit;

namespace SinHo.Reporting.Tests.Work;

/// <summary>The whole service on a private server of its own: what befalls the server, and many who come at once.</summary>
public sealed class ServiceStandsTests(ITestOutputHelper output) : IAsyncLifetime
{
    private static readonly TimeSpan Within = TimeSpan.FromSeconds(60);

    private static readonly string[] Pages = ["/", "/bao-cao", "/danh-sach", "/to-chuc", "/lich-xuat", "/dinh-nghia", "/nhat-ky", "/quan-tri"];

    private readonly TemporaryFolder home = new();
    private SinhoProcess program = null!;
    private Visitor visitor = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private string Data => home.Path;

    private string Postmaster => File.ReadLines(Path.Combine(Data, "pg", "postmaster.pid")).First();

    public async ValueTask InitializeAsync()
    {
        program = SinhoProcess.Start(["serve", "--urls", "http://127.0.0.1:0", "--data", Data, "--page-sessions", "4"]);
        visitor = await Visitor.EnterAsync(program);
    }

    public async ValueTask DisposeAsync()
    {
        visitor.Dispose();
        await program.DisposeAsync();
        home.Dispose();
    }

    [Theory]
    // -9; fast; as systemd does it, which waits for sessions; suspended; and with a session deep in a query, which notices nothing.
    [InlineData("KILL", false)]
    [InlineData("INT", false, Traits = ["Length", "Long"])]
    [InlineData("TERM", false, Traits = ["Length", "Long"])]
    [InlineData("STOP", false, Traits = ["Length", "Long"])]
    [InlineData("KILL", true, Traits = ["Length", "Long"])]
    public async Task A_server_that_was_killed_or_stopped_is_there_again_and_nobody_who_can_wait_is_refused(string signal, bool isBusy)
    {
        var busy = isBusy ? KeepBusyAsync() : Task.CompletedTask;
        if (isBusy)
            await Task.Delay(500, Cancel);
        var old = Postmaster;
        using var over = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        var asking = Enumerable.Range(0, 3).Select(index => AskAsync(Pages[index], over.Token)).ToList();
        await Task.Delay(300, Cancel);

        var watch = Stopwatch.StartNew();
        await Shell.RunAsync($"kill -{signal} {old}");
        var told = await UntilAsync(async () => await HealthAsync() is not HttpStatusCode.OK, TimeSpan.FromSeconds(3));
        Assert.True(await UntilAsync(async () => await HealthAsync() is HttpStatusCode.OK && (signal == "STOP" || Postmaster != old), Within), await ReadyAsync());
        output.WriteLine($"{signal}{(isBusy ? " busy" : "")}: ready after {watch.Elapsed.TotalSeconds:0.0} s; seen down by the probe: {told}");
        await Task.Delay(500, Cancel);
        await over.CancelAsync();
        var answers = (await Task.WhenAll(asking)).SelectMany(all => all).ToLookup(status => status);
        output.WriteLine(string.Join(", ", answers.Select(group => $"{(int)group.Key}: {group.Count()}")));
        Assert.Equal([HttpStatusCode.OK], answers.Select(group => group.Key));
        if (signal != "STOP")
            Assert.Contains("tự khởi động lại sau", await visitor.ReadAsync("/"), StringComparison.Ordinal);
        await busy;
    }

    [Trait("Length", "Long")]
    [Fact]
    public async Task Of_120_at_once_nobody_gets_an_error()
    {
        var answers = new ConcurrentBag<HttpStatusCode>();
        var watch = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, 120).Select(index => Task.Run(async () =>
        {
            for (var round = 0; round < 3; round++)
            {
                using var answer = await visitor.GetAsync(Pages[(index + round) % Pages.Length]);
                answers.Add(answer.StatusCode);
                if (answer.StatusCode == HttpStatusCode.ServiceUnavailable)
                    Assert.NotNull(answer.Headers.RetryAfter);
            }
        }, Cancel)));
        output.WriteLine($"{watch.Elapsed.TotalSeconds:0.0} s: " + string.Join(", ", answers.GroupBy(status => status).Select(group => $"{(int)group.Key}: {group.Count()}")));
        Assert.All(answers, status => Assert.True(status is HttpStatusCode.OK or HttpStatusCode.ServiceUnavailable, $"{status}"));
        Assert.Contains(HttpStatusCode.OK, answers);
    }

    [Fact]
    public async Task With_no_session_to_be_had_a_reader_is_told_to_come_back_and_a_query_too_long_is_ended()
    {
        await using var place = SinhoProcess.Start(["serve", "--urls", "http://127.0.0.1:0", "--data", Data, "--page-sessions", "1", "--query-limit", "1"]);
        using var reader = await Visitor.EnterAsync(place);
        await using var locked = await OwnerAsync();
        await using var transaction = await locked.BeginTransactionAsync(Cancel);
        await locked.ExecuteAsync("lock table org_version in access exclusive mode", transaction: transaction);

        using var answer = await reader.GetAsync("/to-chuc");
        var page = WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync(Cancel));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.NotNull(answer.Headers.RetryAfter);
        Assert.Contains("lâu hơn 1 giây", page, StringComparison.Ordinal);
        // The query of somebody who leaves is ended, whatever its limit.
        using (var leaving = CancellationTokenSource.CreateLinkedTokenSource(Cancel))
        {
            leaving.CancelAfter(TimeSpan.FromSeconds(1));
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => visitor.Web.GetAsync(new Uri("/to-chuc", UriKind.Relative), leaving.Token));
        }
        const string waiting = "select count(*) from pg_stat_activity where wait_event_type = 'Lock' and state = 'active'";
        Assert.True(await UntilAsync(async () => await locked.ExecuteScalarAsync<long>(waiting, transaction: transaction) == 0, TimeSpan.FromSeconds(10)));
        await transaction.RollbackAsync(Cancel);
        // With one session a page that wanted two at a time would wait for itself.
        foreach (var one in Pages)
        {
            using var shown = await reader.GetAsync(one);
            Assert.Equal((one, HttpStatusCode.OK), (one, shown.StatusCode));
        }
    }

    private async Task<NpgsqlConnection> OwnerAsync()
    {
        var settings = new NpgsqlConnectionStringBuilder
        {
            Host = Path.Combine(Data, "pg"),
            Username = "sinho",
            Password = await File.ReadAllTextAsync(Path.Combine(Data, "password"), Cancel),
            Database = "sinho",
            Pooling = false,
        };
        var connection = new NpgsqlConnection(settings.ConnectionString);
        await connection.OpenAsync(Cancel);
        return connection;
    }

    private async Task KeepBusyAsync()
    {
        await using var connection = await OwnerAsync();
        try
        {
            // Nothing in it looks whether the postmaster is still there.
            await connection.ExecuteAsync(new CommandDefinition("select count(*) from generate_series(1, 3000000000)", commandTimeout: 0, cancellationToken: Cancel));
        }
        catch (NpgsqlException)
        {
            // Ended with its server.
        }
    }

    private async Task<List<HttpStatusCode>> AskAsync(string page, CancellationToken over)
    {
        var answers = new List<HttpStatusCode>();
        while (!over.IsCancellationRequested)
        {
            using var answer = await visitor.GetAsync(page);
            answers.Add(answer.StatusCode);
        }
        return answers;
    }

    private async Task<HttpStatusCode> HealthAsync()
    {
        using var answer = await visitor.GetAsync("/health/ready");
        return answer.StatusCode;
    }

    private Task<string> ReadyAsync() => visitor.ReadAsync("/health/ready");

    private static async Task<bool> UntilAsync(Func<Task<bool>> reached, TimeSpan limit)
    {
        var watch = Stopwatch.StartNew();
        while (watch.Elapsed < limit)
        {
            if (await reached())
                return true;
            await Task.Delay(20, Cancel);
        }
        return false;
    }
}
