using System.Security.Cryptography;
using Dapper;
using Npgsql;
using SinHo.Reporting.Runs;
using SinHo.Reporting.Tests.Runs;
using SinHo.Reporting.Tests.Support;
using SinHo.Reporting.Words;
using Xunit;

namespace SinHo.Reporting.Tests.Work;

/// <summary>
/// Worker processes killed without warning. The test halts a worker at a step by a trigger in its database, so that it dies exactly there.
/// </summary>
public sealed class KilledWorkerTests(TestCluster cluster)
{
    private const int Gate = 4711;

    private static readonly DateOnly LongDue = Vietnamese.Today(TimeProvider.System.GetUtcNow()).AddMonths(-1);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("claimed", "new.step = 'Đếm số liệu'", Traits = ["Length", "Long"])]
    [InlineData("rendered", "new.step = 'Lưu báo cáo'", Traits = ["Length", "Long"])]
    [InlineData("kept", "new.step like 'Ghi tệp vào %'", Traits = ["Length", "Long"])]
    [InlineData("written, before the rename", "new.step = 'Đặt tên tệp'")]
    [InlineData("renamed, before it is marked done", "new.state = 'done'", Traits = ["Length", "Long"])]
    public async Task A_worker_killed_anywhere_is_made_up_for_with_one_file_and_one_hash(string when, string halt)
    {
        await using var ledger = await Ledger.NewAsync(cluster);
        await ledger.Schedules.AddAsync(ledger.Monthly(LongDue, "SH.X03") with { DaysUntilDue = 1 }, "test", Cancel);
        await ledger.Obligations.PlanAsync(LongDue, Cancel);
        await ledger.ScalarAsync<object>("update obligation set due_on = period_to + 1");
        var due = await ledger.ScalarAsync<long>("select min(obligation_id) from obligation");

        await using (var killed = WorkerProcess.Start(ledger.Connection))
        await using (var gate = await ledger.Database.OpenConnectionAsync(Cancel))
        {
            await gate.ExecuteAsync($"""
                select pg_advisory_lock({Gate});
                create function halt() returns trigger language plpgsql as $$ begin perform pg_advisory_lock({Gate}); return new; end $$;
                create trigger halt before update on job for each row when ({halt}) execute function halt();
                """);
            await UntilAsync(() => ledger.ScalarAsync<bool>($"select exists (select from pg_locks where locktype = 'advisory' and objid = {Gate} and not granted)"));
            await killed.StopAsync("KILL", Cancel);
            await gate.ExecuteAsync("""
                select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'sinho' and datname = current_database() and pid <> pg_backend_pid();
                drop trigger halt on job;
                drop function halt()
                """);
        }

        await using var next = WorkerProcess.Start(ledger.Connection);
        await UntilAsync(async () => (await ledger.Obligations.FindAsync(due, Cancel))!.State == ObligationState.Done);
        var done = (await ledger.Obligations.FindAsync(due, Cancel))!;
        var file = Assert.Single(Directory.GetFileSystemEntries(ledger.Folder.Path));
        Assert.Equal(done.Published, file);
        Assert.Equal(done.Sha256, Convert.ToHexStringLower(SHA256.HashData(await File.ReadAllBytesAsync(file, Cancel))));
        Assert.Equal(done.Sha256, await ledger.ScalarAsync<string>("select sha256 from stored_file"));
        Assert.True(
            (1, 2) == (await ledger.ScalarAsync<int>("select count(*)::integer from issued_report"), await ledger.ScalarAsync<int>("select attempts from job")), when);
        Assert.Equal(0, (await next.StopAsync("TERM", Cancel)).Exit);
    }

    [Trait("Length", "Long")]
    [Fact]
    public async Task Two_workers_share_the_ledger_and_one_that_dies_is_made_up_for_by_the_other()
    {
        await using var ledger = await Ledger.NewAsync(cluster);
        await ledger.Schedules.AddAsync(ledger.Monthly(LongDue.AddMonths(-7), "SH.X03", "SH.X04", "SH.X05"), "test", Cancel);
        await using var one = WorkerProcess.Start(ledger.Connection);
        await using var other = WorkerProcess.Start(ledger.Connection);
        await UntilAsync(() => ledger.ScalarAsync<bool>("select count(distinct claimed_by) = 2 and count(*) filter (where state = 'done') >= 4 from job"));
        await other.StopAsync("KILL", Cancel);

        const string due = "(select count(*) from obligation where due_on <= current_date)";
        await UntilAsync(() => ledger.ScalarAsync<bool>($"select {due} >= 21 and {due} = (select count(*) from obligation where state = 'done')"));
        Assert.True(await ledger.ScalarAsync<bool>($"select {due} = (select count(*) from issued_report)"));
        Assert.True(await ledger.ScalarAsync<bool>("select bool_and(edition = 1) from issued_report"));
        Assert.Equal(await ledger.ScalarAsync<long>("select count(*) from issued_report"), Directory.GetFileSystemEntries(ledger.Folder.Path).Length);
        Assert.Equal(0, (await one.StopAsync("TERM", Cancel)).Exit);
    }

    private static async Task UntilAsync(Func<Task<bool>> reached)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        limit.CancelAfter(TimeSpan.FromMinutes(5));
        while (!await reached())
            await Task.Delay(50, limit.Token);
    }
}
