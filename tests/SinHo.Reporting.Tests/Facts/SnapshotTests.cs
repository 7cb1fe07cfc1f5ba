using Dapper;
using Npgsql;
using SinHo.Reporting.Access;
using SinHo.Reporting.Facts;
using SinHo.Reporting.Figures;
using SinHo.Reporting.Tests.Support;
using Xunit;

namespace SinHo.Reporting.Tests.Facts;

/// <summary>A view of the register that several sessions answer is one view.</summary>
public sealed class SnapshotTests(TestCluster cluster) : IAsyncLifetime
{
    private string connection = "";
    private NpgsqlDataSource register = null!;

    private static readonly Period Year = Period.Year(2019);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        connection = await cluster.NewSampleAsync();
        register = NpgsqlDataSource.Create(connection);
    }

    public ValueTask DisposeAsync() => register.DisposeAsync();

    [Fact]
    public async Task What_is_entered_after_the_view_was_taken_no_session_of_it_sees()
    {
        await using var snapshot = await Snapshot.TakeAsync(register, Cancel);
        var terms = Assert.Single(await snapshot.QueryAsync<long>("select count(*) from term", new { }, Cancel));
        await using (var other = await register.OpenConnectionAsync(Cancel))
            await other.ExecuteAsync("insert into term (name, valid_from, valid_until) values ('2090-2095', date '2090-01-01', date '2094-12-31')");

        await WidenAsync(snapshot);

        var seen = await TogetherAsync<(int Session, long Terms)>(snapshot, "select pg_backend_pid(), (select count(*) from term) from pg_sleep(0.5)");
        Assert.Equal(2, seen.Select(one => one.Session).Distinct().Count());
        Assert.All(seen, one => Assert.Equal(terms, one.Terms));
    }

    [Fact]
    public async Task Every_session_shows_what_the_account_may_see_and_nothing_can_be_written()
    {
        await using var snapshot = await Snapshot.TakeAsync(register, new Viewer(1, Role.Preparer, "SH.X03"), Year, Cancel);
        await WidenAsync(snapshot);

        var seen = await TogetherAsync<(int Session, string Account, string ReadOnly, long People)>(
            snapshot, "select pg_backend_pid(), current_user::text, current_setting('transaction_read_only'), (select count(distinct code) from member) from pg_sleep(0.5)");

        Assert.Equal(2, seen.Select(one => one.Session).Distinct().Count());
        Assert.All(seen, one => Assert.Equal(("sinho_reader", "on"), (one.Account, one.ReadOnly)));
        Assert.Equal(seen[0].People, seen[1].People);
        Assert.InRange(seen[0].People, 1, 400);
    }

    /// <summary>Views that wait for each other's second session would wait for ever.</summary>
    [Fact]
    public async Task Where_all_connections_are_taken_one_session_answers()
    {
        await using var narrow = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(connection) { MaxPoolSize = 1, ApplicationName = "narrow" });
        await using var snapshot = await Snapshot.TakeAsync(narrow, Cancel);

        await snapshot.WidenAsync(Cancel);

        Assert.Equal(1, snapshot.Width);
        Assert.Equal(2, (await TogetherAsync<int>(snapshot, "select pg_backend_pid()")).Count);
    }

    [Fact]
    public async Task Views_have_no_more_sessions_beside_their_first_than_the_machine_has_cores()
    {
        var views = new List<Snapshot>();
        for (var view = 0; view <= Environment.ProcessorCount; view++)
        {
            views.Add(await Snapshot.TakeAsync(register, Cancel));
            await views[^1].WidenAsync(Cancel);
        }

        Assert.Contains(views, view => view.Width == 1);
        foreach (var view in views)
            await view.DisposeAsync();
    }

    /// <summary>Other tests of this process make reports, too, and may have all the room for a while.</summary>
    private static async Task WidenAsync(Snapshot snapshot)
    {
        while (snapshot.Width == 1)
        {
            await snapshot.WidenAsync(Cancel);
            await Task.Delay(50, Cancel);
        }
    }

    private static async Task<IReadOnlyList<T>> TogetherAsync<T>(Snapshot snapshot, string question)
    {
        var asked = Enumerable.Range(0, 2).Select(_ => snapshot.QueryAsync<T>(question, new { }, Cancel)).ToList();
        return [.. (await Task.WhenAll(asked)).SelectMany(rows => rows)];
    }
}
