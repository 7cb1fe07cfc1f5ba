using System.Text.Json;
using Npgsql;
using SinHo.Reporting.Figures;
using SinHo.Reporting.Reports;
using SinHo.Reporting.Runs;
using SinHo.Reporting.Tests.Support;
using Xunit;

namespace SinHo.Reporting.Tests.Runs;

/// <summary>One holder at a time; who lost the lease publishes nothing.</summary>
public sealed class JobsTests(TestCluster cluster)
{
    private static readonly ReportWish March = new("term", "SH.X03", new(2020, 3, 1), new(2020, 3, 31), "tháng 3 năm 2020", new Dictionary<string, int>(StringComparer.Ordinal));

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_same_wish_joins_the_unfinished_one_and_is_a_new_one_afterwards()
    {
        await using var ledger = await Ledger.NewAsync(cluster);
        var ids = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => ledger.Jobs.SubmitAsync(ReportWork.Wish(March, "a"), Cancel)));
        var first = Assert.Single(ids.Distinct());
        var other = March with { Settings = new Dictionary<string, int>(StringComparer.Ordinal) { ["few_member_max"] = 4 } };
        Assert.NotEqual(first, await ledger.Jobs.SubmitAsync(ReportWork.Wish(other, "a"), Cancel));

        Assert.Equal(JobState.Done, (await ledger.Runner.RunAsync(first, Cancel)).State);
        var next = await ledger.Jobs.SubmitAsync(ReportWork.Wish(March, "b"), Cancel);
        Assert.NotEqual(first, next);
        await ledger.Runner.RunAsync(next, Cancel);
        var issued = await ledger.Issued.ListAsync("term", "SH.X03", 10, Cancel);
        Assert.Equal([(2, "b"), (1, "a")], issued.Select(one => (one.Edition, one.IssuedBy)));
    }

    [Fact]
    public async Task An_issued_report_opens_with_its_figures_and_rows_though_the_register_moved_on_and_cannot_be_changed()
    {
        await using var ledger = await Ledger.NewAsync(cluster);
        using var report = await new ReportBuilder(ledger.Database, Ledger.Definitions).BuildAsync(
            new(March.Report, March.Unit, March.Period, March.Settings, WithEvidence: true), null, Cancel);
        var job = await ledger.Jobs.SubmitAsync(ReportWork.Wish(March, "a"), Cancel);
        await ledger.Runner.RunAsync(job, Cancel);
        await ledger.ScalarAsync<object>("update member set name = 'Đổi Tên'");

        var made = await ledger.Jobs.GetAsync(job, Cancel);
        var issued = (await ledger.Issued.FindAsync(made.IssuedId!.Value, Cancel))!;

        Assert.Equal(report.Figures.Select(figure => (figure.Code, figure.Value, figure.Meaning)), issued.Figures.Select(figure => (figure.Code, figure.Value, figure.Meaning)));
        Assert.Equal(report.Settings, issued.Settings);
        Assert.Equal(report.Checks, issued.Checks);
        Assert.Contains("sql/indicators/members.sql", issued.Definitions.Keys);
        Assert.Contains("reports/term/report.yaml", issued.Definitions.Keys);
        foreach (var (figure, kept) in report.Figures.Zip(issued.Figures))
        {
            Assert.Equal(figure.Evidence.Columns, kept.Columns);
            Assert.Equal(figure.Evidence.Rows(), await ledger.Issued.EvidenceAsync(issued.IssuedId, kept, 0, int.MaxValue, Cancel));
        }
        using var bytes = new MemoryStream();
        await new StoredFiles(ledger.Database).CopyToAsync(made.FileId!.Value, bytes, Cancel);
        Assert.Equal((issued.File.Size, issued.File.Sha256), (bytes.Length, Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(bytes.ToArray()))));
        Assert.Equal("Bao cao thong ke to chuc dang va dang vien - Dang bo xa Pa Tan - thang 3 nam 2020.xlsx", issued.File.Name);

        foreach (var change in (string[])["update issued_report set unit_name = 'x'", "delete from issued_evidence", "update stored_file set name = 'x'", "truncate issued_evidence"])
            await Assert.ThrowsAsync<PostgresException>(() => ledger.ScalarAsync<object>(change));
    }

    [Fact]
    public async Task An_official_form_opens_again_with_its_rows_cells_and_people()
    {
        await using var ledger = await Ledger.NewAsync(cluster);
        using var form = SampleForm.Compared();
        await using var hold = (await ledger.Jobs.ClaimAsync(await ledger.Jobs.SubmitAsync(ReportWork.Wish(March, "a"), Cancel), "test", Cancel))!;
        using var file = new MemoryStream([1, 2, 3]);

        var id = await ledger.Issued.AddAsync(hold, form, new(new Dictionary<string, string>(StringComparer.Ordinal), null, null, "a"), "bieu-1.xlsx", file);
        var issued = (await ledger.Issued.FindAsync(id, Cancel))!;

        Assert.Equal(JsonSerializer.Serialize(IssuedContent.Of(form)), JsonSerializer.Serialize(issued.Content));
        Assert.Equal("Biểu số 1-BTCTW", issued.Content.Edition?.Number);
        Assert.Equal(form.Figures.Select(figure => (figure.Code, figure.Value)), issued.Figures.Select(figure => (figure.Code, figure.Value)));
        var admitted = issued.Figures.Single(figure => figure.Code == "B1.now");
        Assert.Equal(4, (await ledger.Issued.EvidenceAsync(id, admitted, 0, 10, Cancel)).Count);
        Assert.Equal(2, (await ledger.Issued.EvidenceAsync(id, admitted, 1, 2, Cancel)).Count);
    }

    [Fact]
    public async Task A_holder_that_lost_its_lease_can_neither_keep_nor_finish_anything()
    {
        await using var ledger = await Ledger.NewAsync(cluster);
        using var report = await new ReportBuilder(ledger.Database, Ledger.Definitions).BuildAsync(
            new(March.Report, March.Unit, March.Period, March.Settings, WithEvidence: true), null, Cancel);
        var job = await ledger.Jobs.SubmitAsync(ReportWork.Wish(March, "a"), Cancel);
        await using var late = (await ledger.Jobs.ClaimAsync(job, "late", Cancel))!;
        Assert.Null(await ledger.Jobs.ClaimAsync(job, "early", Cancel));

        // The late one is silent (its process hangs) until its lease is over.
        await ledger.ScalarAsync<object>("update job set lease_until = clock_timestamp() - interval '1 second'");
        await using var now = (await ledger.Jobs.ClaimAsync(job, "now", Cancel))!;

        var origin = new Origin(new Dictionary<string, string>(StringComparer.Ordinal), null, null, "late");
        using var file = new MemoryStream([1, 2, 3]);
        await Assert.ThrowsAsync<LeaseLostException>(() => late.StepAsync("Lưu báo cáo"));
        Assert.Equal((true, true), (late.IsLost, late.Cancel.IsCancellationRequested));
        await Assert.ThrowsAnyAsync<Exception>(() => ledger.Issued.AddAsync(late, report, origin, "late.xlsx", file));
        await Assert.ThrowsAnyAsync<Exception>(() => late.FinishAsync(null, null, null));
        Assert.Equal(0, await ledger.ScalarAsync<int>("select count(*)::integer from stored_file"));

        await now.FinishAsync(null, null, """{"ok":true}""");
        Assert.Equal((JobState.Done, """{"ok": true}"""), ((await ledger.Jobs.GetAsync(job, Cancel)).State, (await ledger.Jobs.GetAsync(job, Cancel)).Outcome));
    }

    [Fact]
    public async Task A_late_holder_that_has_not_noticed_yet_is_refused_by_its_epoch()
    {
        // A beat of an hour: the holder does not learn by itself that it lost the lease.
        await using var ledger = await Ledger.NewAsync(cluster, leaseSeconds: 60 * 3600);
        using var report = await new ReportBuilder(ledger.Database, Ledger.Definitions).BuildAsync(
            new(March.Report, March.Unit, March.Period, March.Settings, WithEvidence: true), null, Cancel);
        var job = await ledger.Jobs.SubmitAsync(ReportWork.Wish(March, "a"), Cancel);
        await using var late = (await ledger.Jobs.ClaimAsync(job, "late", Cancel))!;
        await ledger.ScalarAsync<object>("update job set lease_until = clock_timestamp() - interval '1 second'");
        await using var now = (await ledger.Jobs.ClaimAsync(job, "now", Cancel))!;

        using var file = new MemoryStream([1, 2, 3]);
        var origin = new Origin(new Dictionary<string, string>(StringComparer.Ordinal), null, null, "late");
        await Assert.ThrowsAsync<LeaseLostException>(() => ledger.Issued.AddAsync(late, report, origin, "late.xlsx", file));
        await Assert.ThrowsAsync<LeaseLostException>(() => late.FinishAsync(null, null, null));
        Assert.Equal(0, await ledger.ScalarAsync<int>("select count(*)::integer from stored_file"));
    }

    [Fact]
    public async Task Progress_is_seen_while_it_runs_and_a_user_stops_it_between_two_steps()
    {
        await using var ledger = await Ledger.NewAsync(cluster, leaseSeconds: 3);
        var running = new TaskCompletionSource();
        var runner = ledger.NewRunner(new(StringComparer.Ordinal)
        {
            ["count"] = async hold =>
            {
                hold.Report("Đếm", 30, 120);
                running.SetResult();
                while (true)
                    await Task.Delay(5, hold.Cancel);
            },
        });
        var job = await ledger.Jobs.SubmitAsync(new("count", "count", new { }, "SH", "a"), Cancel);
        var run = runner.RunAsync(job, Cancel);
        await running.Task;
        while ((await ledger.Jobs.GetAsync(job, Cancel)).Percent is null)
            await Task.Delay(20, Cancel);
        var seen = await ledger.Jobs.GetAsync(job, Cancel);
        Assert.Equal((JobState.Running, "Đếm", 30, 120, 25), (seen.State, seen.Step, seen.Done, seen.Total, seen.Percent));

        await ledger.Jobs.CancelAsync(job, Cancel);
        Assert.Equal(JobState.Cancelled, (await run).State);
        Assert.Equal(JobState.Cancelled, (await ledger.Jobs.GetAsync(job, Cancel)).State);
        var waiting = await ledger.Jobs.SubmitAsync(new("count", "count", new { }, "SH", "a"), Cancel);
        await ledger.Jobs.CancelAsync(waiting, Cancel);
        Assert.Null((await runner.RunAsync(waiting, Cancel)).State);
    }

    [Fact]
    public async Task What_may_pass_is_tried_a_bounded_number_of_times_and_what_may_not_once()
    {
        await using var ledger = await Ledger.NewAsync(cluster, leaseSeconds: 0.06);
        var runner = ledger.NewRunner(new(StringComparer.Ordinal)
        {
            ["passing"] = _ => throw new PublishException("Ổ đĩa đã đầy."),
            ["lasting"] = _ => throw new UnknownNameException("Không có đơn vị “X”."),
        });
        var passing = await ledger.Jobs.SubmitAsync(new("passing", "p", new { }, null, "a"), Cancel);
        var lasting = await ledger.Jobs.SubmitAsync(new("lasting", "l", new { }, null, "a"), Cancel);
        while (!(await ledger.Jobs.GetAsync(passing, Cancel)).IsFinished)
        {
            await runner.RunAsync(passing, Cancel);
            await runner.RunAsync(lasting, Cancel);
            await Task.Delay(10, Cancel);
        }

        var (one, other) = (await ledger.Jobs.GetAsync(passing, Cancel), await ledger.Jobs.GetAsync(lasting, Cancel));
        Assert.Equal((JobState.Failed, 5, "Ổ đĩa đã đầy."), (one.State, one.Attempts, one.Error));
        Assert.Equal((JobState.Failed, 1, "Không có đơn vị “X”."), (other.State, other.Attempts, other.Error));
    }

    [Fact]
    public async Task A_job_that_takes_its_workers_with_it_is_given_up_and_a_stopped_worker_gives_its_job_back()
    {
        await using var ledger = await Ledger.NewAsync(cluster);
        var job = await ledger.Jobs.SubmitAsync(ReportWork.Wish(March, "a"), Cancel);
        for (var crash = 1; crash <= ledger.Times.MostAttempts; crash++)
        {
            await using (var dead = await ledger.Jobs.ClaimAsync(job, "dead", Cancel))
                Assert.NotNull(dead);
            await ledger.ScalarAsync<object>("update job set lease_until = clock_timestamp() - interval '1 second'");
        }
        Assert.DoesNotContain(job, await ledger.Tick.RunAsync("test", new(2020, 1, 1), Cancel));
        var buried = await ledger.Jobs.GetAsync(job, Cancel);
        Assert.Equal(JobState.Failed, buried.State);
        Assert.Contains("5 lần", buried.Error, StringComparison.Ordinal);

        var next = await ledger.Jobs.SubmitAsync(ReportWork.Wish(March, "a"), Cancel);
        using var stop = new CancellationTokenSource();
        var runner = ledger.NewRunner(new(StringComparer.Ordinal));
        var run = runner.RunAsync(next, stop.Token);
        while ((await ledger.Jobs.GetAsync(next, Cancel)).State != JobState.Running)
            await Task.Delay(5, Cancel);
        await stop.CancelAsync();
        Assert.Equal(JobState.Waiting, (await run).State);
        Assert.Equal((JobState.Waiting, 0), ((await ledger.Jobs.GetAsync(next, Cancel)).State, (await ledger.Jobs.GetAsync(next, Cancel)).Attempts));
        Assert.Contains(next, await ledger.Tick.RunAsync("test", new(2020, 1, 1), Cancel));
    }
}
