using SinHo.Reporting.Runs;
using SinHo.Reporting.Tests.Support;
using SinHo.Reporting.Words;
using Xunit;

namespace SinHo.Reporting.Tests.Runs;

/// <summary>If something did not happen, somebody is told.</summary>
public sealed class AlarmsTests(TestCluster cluster)
{
    private static readonly DateOnly Today = Vietnamese.Today(TimeProvider.System.GetUtcNow());

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Each_thing_that_goes_wrong_is_told_until_it_is_mended()
    {
        await using var ledger = await Ledger.NewAsync(cluster);
        Assert.Empty(await CodesAsync(ledger));

        await ledger.Schedules.AddAsync(ledger.Monthly(Today.AddMonths(-2), "SH.X03"), "test", Cancel);
        Assert.Equal(["tick"], await CodesAsync(ledger));
        await ledger.TickAndWorkAsync(Today, Cancel);
        Assert.Empty(await CodesAsync(ledger));
        await ledger.ScalarAsync<object>("update tick set ticked_at = ticked_at - interval '6 minutes'");
        Assert.Equal(["tick"], await CodesAsync(ledger));
        await ledger.TickAndWorkAsync(Today, Cancel);

        await ledger.ScalarAsync<object>("update obligation set state = 'waiting', issued_id = null, published_at = null where state = 'done'");
        Assert.Empty(await CodesAsync(ledger));
        await ledger.ScalarAsync<object>("update schedule set created_at = created_at - interval '2 hours'");
        Assert.Equal(["overdue"], await CodesAsync(ledger));
        await ledger.ScalarAsync<object>("update schedule set active = false");
        Assert.Empty(await CodesAsync(ledger));

        var job = await ledger.Jobs.SubmitAsync(new("nobody", "k", new { }, null, "a"), Cancel);
        await ledger.Runner.RunAsync(job, Cancel);
        Assert.Equal(["failed"], await CodesAsync(ledger));
        await ledger.Jobs.AcknowledgeAsync(null, "a", Cancel);
        Assert.Empty(await CodesAsync(ledger));
        // Asked for again it counts anew, once, however often it fails.
        for (var again = 0; again < 2; again++)
        {
            job = (await ledger.Jobs.AgainAsync(job, "b", Cancel))!.Value;
            Assert.Null(await ledger.Jobs.AgainAsync(job, "b", Cancel));
            Assert.Empty(await ledger.Jobs.FailedAsync(Cancel));
            await ledger.Runner.RunAsync(job, Cancel);
            Assert.Equal(("b", job), (Assert.Single(await ledger.Jobs.FailedAsync(Cancel)).RequestedBy, (await ledger.Jobs.FailedAsync(Cancel))[0].JobId));
        }
        Assert.Equal(["failed"], await CodesAsync(ledger));
        await ledger.Jobs.AcknowledgeAsync(job, "a", Cancel);

        var full = new Alarms(ledger.Database, TimeProvider.System, [ledger.Folder.Path]) { LeastFreeBytes = long.MaxValue };
        Assert.All(await full.AskAsync(Cancel), alarm => Assert.Equal("disk", alarm.Code));
        Assert.NotEmpty(await full.AskAsync(Cancel));

        await ledger.ScalarAsync<object>("update import_run set at = at - interval '9 days'");
        Assert.Equal(["backup"], await CodesAsync(ledger));
        await BackedUpAsync(ledger, daysAgo: 16);
        Assert.Equal(["backup", "proof"], await CodesAsync(ledger));
        await BackedUpAsync(ledger, daysAgo: 7);
        Assert.Equal(["proof"], await CodesAsync(ledger));
        await ledger.ScalarAsync<object>("""
            insert into restore_proof (started_at, finished_at, outcome, detail) select at, at, 'proven', 'd' from (select now() - interval '14 days') as run (at)
            """);
        Assert.Empty(await CodesAsync(ledger));
        await ledger.ScalarAsync<object>("insert into restore_proof (started_at, finished_at, outcome, detail) values (now(), now(), 'fault', 'd')");
        Assert.Equal(["proof"], await CodesAsync(ledger));
        await ledger.ScalarAsync<object>("insert into restore_proof (started_at, finished_at, outcome, detail) values (now(), now(), 'proven', 'd')");
        await ledger.ScalarAsync<object>("""
            insert into backup_run (kind, started_at, finished_at, machine, file, outcome, error) values ('daily', now(), now(), 'm', '/f', 'failed', 'e')
            """);
        Assert.Equal(["backup"], await CodesAsync(ledger));
    }

    private static Task<object> BackedUpAsync(Ledger ledger, int daysAgo) => ledger.ScalarAsync<object>($"""
        insert into backup_run (kind, started_at, finished_at, machine, file, sha256, bytes, outcome)
        select 'daily', at, at, 'm', '/f', repeat('0', 64), 1, 'done' from (select now() - interval '{daysAgo} days') as run (at)
        """);

    private static async Task<IEnumerable<string>> CodesAsync(Ledger ledger)
    {
        var alarms = await new Alarms(ledger.Database, TimeProvider.System, [ledger.Folder.Path]).AskAsync(Cancel);
        // Each says what to do.
        Assert.All(alarms, alarm => Assert.Contains("hãy", alarm.Sentence, StringComparison.OrdinalIgnoreCase));
        return alarms.Select(alarm => alarm.Code);
    }
}
