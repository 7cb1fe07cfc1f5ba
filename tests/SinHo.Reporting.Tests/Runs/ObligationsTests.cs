using System.Security.Cryptography;
using SinHo.Reporting.Figures;
using SinHo.Reporting.Runs;
using SinHo.Reporting.Tests.Support;
using Xunit;

namespace SinHo.Reporting.Tests.Runs;

/// <summary>What is due is made, each for its own period, once, however long nobody looked.</summary>
public sealed class ObligationsTests(TestCluster cluster)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_server_off_for_ten_weeks_makes_each_missed_month_once_for_its_own_period()
    {
        await using var ledger = await Ledger.NewAsync(cluster);
        var off = new DateOnly(2020, 3, 20);
        await ledger.Schedules.AddAsync(ledger.Monthly(off, "SH.X03", "SH.X04"), "test", Cancel);
        Assert.Empty(await ledger.TickAndWorkAsync(off, Cancel));

        var back = off.AddDays(7 * 10 + 5);
        var runs = await ledger.TickAndWorkAsync(back, Cancel);

        Assert.All(runs, run => Assert.Equal((JobState.Done, null), (run.State, run.Problem)));
        var done = (await ledger.Obligations.ListAsync(off, Cancel)).Where(one => one.State == ObligationState.Done).ToList();
        Assert.Equal(
            ["SH.X03 2020-03-01 2020-03-31", "SH.X04 2020-03-01 2020-03-31", "SH.X03 2020-04-01 2020-04-30", "SH.X04 2020-04-01 2020-04-30", "SH.X03 2020-05-01 2020-05-31", "SH.X04 2020-05-01 2020-05-31"],
            done.Select(one => $"{one.Unit} {one.PeriodFrom:yyyy-MM-dd} {one.PeriodTo:yyyy-MM-dd}"));
        Assert.All(done, one => Assert.Equal(one.Sha256, Sha256(one.Published!)));
        foreach (var one in done)
        {
            var issued = (await ledger.Issued.FindAsync(one.IssuedId!.Value, Cancel))!;
            Assert.Equal((one.Period, one.Unit, 1), (issued.Period, issued.Unit, issued.Edition));
        }

        Assert.Empty(await ledger.TickAndWorkAsync(back, Cancel));
        Assert.Equal(6, Directory.GetFiles(ledger.Folder.Path).Length);
        Assert.Equal(6, await ledger.ScalarAsync<int>("select count(*)::integer from issued_report"));
    }

    [Fact]
    public async Task The_same_report_is_due_on_either_map_and_each_has_its_file()
    {
        await using var ledger = await Ledger.NewAsync(cluster);
        var wish = ledger.Monthly(new(2020, 3, 1), "SH.X03");
        await ledger.Schedules.AddAsync(wish, "test", Cancel);
        await ledger.Schedules.AddAsync(wish with { OnMap = true }, "test", Cancel);
        var twice = await Assert.ThrowsAsync<ScheduleRefusedException>(() => ledger.Schedules.AddAsync(wish with { OnMap = true }, "test", Cancel));
        Assert.Contains("đã có lịch xuất số 2", twice.Message, StringComparison.Ordinal);

        Assert.All(await ledger.TickAndWorkAsync(new(2020, 4, 1), Cancel), run => Assert.Equal((JobState.Done, null), (run.State, run.Problem)));

        var done = (await ledger.Obligations.ListAsync(new(2020, 3, 1), Cancel)).Where(one => one.State == ObligationState.Done).ToList();
        Assert.Equal([false, true], done.Select(one => one.OnMap).Order());
        Assert.Equal([false, true], done.OrderBy(one => one.OnMap).Select(one => Path.GetFileName(one.Published!).Contains("ban do moi", StringComparison.Ordinal)));
        var today = (await ledger.Issued.FindAsync(done.Single(one => one.OnMap).IssuedId!.Value, Cancel))!;
        Assert.Contains(today.Content.Notices!, notice => notice.Contains("theo địa bàn ngày 31/03/2020", StringComparison.Ordinal));
        Assert.Empty(await ledger.TickAndWorkAsync(new(2020, 4, 1), Cancel));
    }

    [Fact]
    public async Task Two_that_look_and_work_at_once_make_one()
    {
        await using var ledger = await Ledger.NewAsync(cluster);
        await ledger.Schedules.AddAsync(ledger.Monthly(new(2020, 1, 1), "SH.X03"), "test", Cancel);
        var today = new DateOnly(2020, 4, 1);

        var told = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => ledger.Tick.RunAsync("test", today, Cancel)));
        var jobs = told.SelectMany(ids => ids).ToList();
        var other = ledger.NewRunner([]);
        var runs = await Task.WhenAll(jobs.Concat(jobs).SelectMany(job => new[] { ledger.Runner.RunAsync(job, Cancel), other.RunAsync(job, Cancel) }));

        Assert.Equal(3, runs.Count(run => run.State == JobState.Done));
        Assert.Equal(3, runs.Where(run => run.State is not null).Select(run => run.Job).Distinct().Count());
        Assert.Equal(3, await ledger.ScalarAsync<int>("select count(*)::integer from issued_report"));
        Assert.Equal(3, await ledger.ScalarAsync<int>("select sum(attempts)::integer from job"));
    }

    [Fact]
    public async Task A_folder_that_vanished_fails_with_a_remedy_and_the_kept_report_is_put_there_later()
    {
        await using var ledger = await Ledger.NewAsync(cluster, leaseSeconds: 0.06);
        var gone = Directory.CreateDirectory(ledger.Folder.File("noi-nhan")).FullName;
        await ledger.Schedules.AddAsync(ledger.Monthly(new(2020, 1, 1), "SH.X03") with { Folder = gone }, "test", Cancel);
        Directory.Delete(gone);
        var today = new DateOnly(2020, 2, 1);

        var ended = await UntilAsync(ledger, today, state => state == ObligationState.Failed);
        Assert.Contains(gone, ended.Error, StringComparison.Ordinal);
        Assert.Contains("gắn lại", ended.Error, StringComparison.Ordinal);
        Assert.NotNull(ended.RetryAt);
        Assert.Equal(ledger.Times.MostAttempts, await ledger.ScalarAsync<int>("select max(attempts) from job"));
        var kept = await ledger.ScalarAsync<string>("select sha256 from issued_report join stored_file using (file_id)");

        Directory.CreateDirectory(gone);
        ended = await UntilAsync(ledger, today, state => state == ObligationState.Done);
        Assert.Equal((kept, kept, null), (ended.Sha256, Sha256(ended.Published!), ended.Error));
        Assert.Equal(1, await ledger.ScalarAsync<int>("select count(*)::integer from issued_report"));
    }

    [Fact]
    public async Task Who_mends_the_folder_need_not_wait_for_the_next_try()
    {
        await using var ledger = await Ledger.NewAsync(cluster, leaseSeconds: 3600);
        var gone = Directory.CreateDirectory(ledger.Folder.File("noi-nhan")).FullName;
        await ledger.Schedules.AddAsync(ledger.Monthly(new(2020, 1, 1), "SH.X03") with { Folder = gone }, "test", Cancel);
        Directory.Delete(gone);
        var today = new DateOnly(2020, 2, 1);
        var run = Assert.Single(await ledger.TickAndWorkAsync(today, Cancel));
        var late = (await ledger.Obligations.FindAsync(1, Cancel))!;
        Assert.Equal((JobState.Waiting, ObligationState.Running, true), (run.State, late.State, late.Error!.Contains(gone, StringComparison.Ordinal)));

        Directory.CreateDirectory(gone);
        Assert.Null((await ledger.Runner.RunAsync(run.Job, Cancel)).State);
        Assert.Equal(run.Job, await ledger.Obligations.RetryAsync(1, "an", Cancel));
        Assert.Equal(JobState.Done, (await ledger.Runner.RunAsync(run.Job, Cancel)).State);
        Assert.Null(await ledger.Obligations.RetryAsync(1, "an", Cancel));
    }

    [Fact]
    public async Task A_full_disk_fails_with_a_remedy_leaves_nothing_half_and_is_made_up_for_later()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "mounting a small disk needs root");
        await using var ledger = await Ledger.NewAsync(cluster, leaseSeconds: 0.06);
        var small = Directory.CreateDirectory(ledger.Folder.File("o-nho")).FullName;
        await Shell.RunAsync($"mount -t tmpfs -o size=64k none {small}");
        try
        {
            await ledger.Schedules.AddAsync(ledger.Monthly(new(2020, 1, 1), "SH.X03") with { Folder = small }, "test", Cancel);
            var today = new DateOnly(2020, 2, 1);

            var ended = await UntilAsync(ledger, today, state => state == ObligationState.Failed);
            Assert.Contains("đã đầy", ended.Error, StringComparison.Ordinal);
            Assert.Empty(Directory.GetFileSystemEntries(small));

            await Shell.RunAsync($"mount -o remount,size=4m {small}");
            ended = await UntilAsync(ledger, today, state => state == ObligationState.Done);
            Assert.Equal(ended.Sha256, Sha256(ended.Published!));
        }
        finally
        {
            await Shell.RunAsync($"umount {small}");
        }
    }

    [Fact]
    public async Task What_a_stopped_schedule_left_undone_a_later_one_takes_over()
    {
        await using var ledger = await Ledger.NewAsync(cluster);
        var today = new DateOnly(2020, 2, 15);
        var first = await ledger.Schedules.AddAsync(ledger.Monthly(new(2020, 1, 1), "SH.X03"), "test", Cancel);
        var refused = await Assert.ThrowsAsync<ScheduleRefusedException>(() => ledger.Schedules.AddAsync(
            new("SH", "tern", ["SH.X03", "SH.X99"], "thang", Cycle.Monthly, today, 0, "/khong/co"), "test", Cancel));
        Assert.Equal(4, refused.Faults.Count);
        refused = await Assert.ThrowsAsync<ScheduleRefusedException>(() => ledger.Schedules.AddAsync(ledger.Monthly(today, "SH.X04", "SH.X03"), "test", Cancel));
        Assert.Contains($"lịch xuất số {first}", Assert.Single(refused.Faults), StringComparison.Ordinal);
        await ledger.Obligations.PlanAsync(today, Cancel);
        Assert.True(await ledger.Schedules.StopAsync(first, Cancel));
        Assert.Empty(await ledger.TickAndWorkAsync(today, Cancel));

        var second = await ledger.Schedules.AddAsync(ledger.Monthly(new(2020, 1, 1), "SH.X03") with { DaysUntilDue = 10 }, "test", Cancel);
        Assert.Single(await ledger.TickAndWorkAsync(today, Cancel));

        var done = Assert.Single(await ledger.Obligations.ListAsync(today.AddDays(-10), Cancel), one => one.State == ObligationState.Done);
        Assert.Equal((second, new DateOnly(2020, 2, 10)), (done.ScheduleId, done.DueOn));
    }

    [Fact]
    public async Task A_schedule_that_could_not_be_kept_is_refused_with_every_reason_at_once()
    {
        await using var ledger = await Ledger.NewAsync(cluster);
        var ended = await ledger.ScalarAsync<string>("select code::text from org_version group by code having max(coalesce(valid_to, 'infinity')) < '2020-01-01' order by code limit 1");

        var refused = await Assert.ThrowsAsync<ScheduleRefusedException>(() => ledger.Schedules.AddAsync(
            ledger.Monthly(new(2020, 3, 1), ended, "SH.X03", "SH.X99") with { Folder = "/proc", Calendar = "tuan" }, "test", Cancel));

        foreach (var part in (string[])[$"Đơn vị {ended} đã kết thúc ngày", "Không có đơn vị “SH.X99”", "Không ghi được vào thư mục /proc", "Không có lịch “tuan”"])
            Assert.Contains(refused.Faults, fault => fault.Contains(part, StringComparison.Ordinal));
        Assert.Equal(4, refused.Faults.Count);
        Assert.Empty(await ledger.Schedules.ListAsync(Cancel));
        await ledger.Schedules.AddAsync(ledger.Monthly(new(2020, 3, 1), "SH.X03"), "test", Cancel);
        Assert.Empty(Directory.EnumerateFileSystemEntries(ledger.Folder.Path));
    }

    private static async Task<Obligation> UntilAsync(Ledger ledger, DateOnly today, Func<ObligationState, bool> reached)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        limit.CancelAfter(TimeSpan.FromSeconds(60));
        while (true)
        {
            await ledger.TickAndWorkAsync(today, limit.Token);
            var one = (await ledger.Obligations.FindAsync(1, limit.Token))!;
            if (reached(one.State))
                return one;
            await Task.Delay(20, limit.Token);
        }
    }

    private static string Sha256(string path) => Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(path)));
}
