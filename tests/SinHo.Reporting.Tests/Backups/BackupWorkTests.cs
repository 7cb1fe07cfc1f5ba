using Microsoft.Extensions.Time.Testing;
using SinHo.Reporting.Backups;
using SinHo.Reporting.Catalog;
using SinHo.Reporting.Runs;
using SinHo.Reporting.Tests.Exchange;
using SinHo.Reporting.Tests.Support;
using Xunit;

namespace SinHo.Reporting.Tests.Backups;

/// <summary>Backups on their own, day by day, and their proof.</summary>
public sealed class BackupWorkTests(TestCluster cluster) : IDisposable
{
    private static readonly Definitions Catalog = CatalogReader.Read(AppContext.BaseDirectory);

    private readonly TemporaryFolder folder = new();
    // 02:00 in Viet Nam, on a day after whatever is entered now.
    private readonly FakeTimeProvider clock = new(new(DateTime.UtcNow.Date.AddDays(2).AddHours(19), TimeSpan.Zero));

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task One_backup_a_day_and_one_proof_a_week_however_often_the_worker_asks()
    {
        await using var register = await FilledAsync();
        var work = Work(register);
        var jobs = new Jobs(register.Database, WorkTimes.Usual);
        var runner = new JobRunner(jobs, WorkTimes.Usual, "test", new Dictionary<string, Func<JobHold, Task>> { [BackupWork.Kind] = work.DoAsync });
        var first = clock.GetUtcNow();
        for (var hour = 0; hour < 15 * 24; hour += 6)
        {
            await Task.WhenAll(work.SubmitDueAsync(jobs, Cancel), Work(register).SubmitDueAsync(jobs, Cancel));
            foreach (var job in await jobs.ToRingAsync(Cancel))
                Assert.Equal(JobState.Done, (await runner.RunAsync(job, Cancel)).State);
            clock.Advance(TimeSpan.FromHours(6));
        }

        Assert.Equal(["15 15"], await register.ColumnAsync("select concat_ws(' ', count(*), (select count(*) from job)) from backup_run where outcome = 'done' and kind = 'daily'"));
        Assert.Equal(
            ((int[])[0, 7, 14]).Select(day => $"{first.AddDays(day):yyyy-MM-dd} proven"),
            await register.ColumnAsync("select to_char(finished_at at time zone 'UTC', 'YYYY-MM-DD ') || outcome from restore_proof order by 1"));
        Assert.InRange(Directory.GetFiles(folder.Path, "sinho-*.backup").Length, Retention.Days, Retention.Days + 1);
    }

    [Fact]
    public async Task Nothing_is_due_without_a_folder_or_before_the_first_night()
    {
        await using var register = await FilledAsync();
        Assert.True(await Work(register).IsDueAsync(Cancel));
        Assert.False(await new BackupWork(register.Database, Catalog, new(register.ConnectionString, AppContext.BaseDirectory, null), clock).IsDueAsync(Cancel));
        Assert.False(await new BackupWork(
            register.Database, Catalog, new(register.ConnectionString, AppContext.BaseDirectory, folder.Path), new FakeTimeProvider(DateTimeOffset.UtcNow)).IsDueAsync(Cancel));
        await using var empty = TestRegister.At(await cluster.NewRegisterAsync());
        Assert.False(await Work(empty).IsDueAsync(Cancel));
    }

    [Fact]
    public async Task A_backup_that_fails_says_why_and_is_tried_again_after_an_hour()
    {
        await using var register = await FilledAsync();
        var blocked = folder.File("tệp");
        await File.WriteAllTextAsync(blocked, "", Cancel);
        var work = Work(register, Path.Combine(blocked, "backups"));

        await Assert.ThrowsAsync<BackupException>(() => work.RunDueAsync(null, Cancel));
        Assert.False(await work.IsDueAsync(Cancel));
        Assert.Contains("Không có thư mục", Assert.Single(await register.ColumnAsync("select error from backup_run where outcome = 'failed'")), StringComparison.Ordinal);
        clock.Advance(TimeSpan.FromMinutes(61));
        Assert.True(await work.IsDueAsync(Cancel));
    }

    [Fact]
    public async Task A_proof_counts_what_was_issued_again_and_tells_corrections_from_faults()
    {
        await using var register = TestRegister.At(await cluster.NewSampleAsync());
        await IssuedSample.IssueAsync(register.Database, "term", "SH.X03");
        await IssuedSample.IssueAsync(register.Database, "term", "SH.X04");
        await IssuedSample.IssueAsync(register.Database, "form-5", "SH");
        var proof = await BackUpAndProveAsync(register);
        Assert.True(proof.Proven, proof.Detail);
        Assert.Equal((3, 0, 0), (proof.Compared, proof.MovedOn, proof.Differing));
        Assert.Contains("3/3 báo cáo tính lại giống hệt", proof.Detail, StringComparison.Ordinal);

        await register.TamperAsync("issued_report", "figures = jsonb_set(figures, '{0,value}', to_jsonb(7777)) where unit = 'SH.X04'");
        proof = await BackUpAndProveAsync(register);
        Assert.Equal((false, 3, 0, 1), (proof.Proven, proof.Compared, proof.MovedOn, proof.Differing));
        Assert.Contains("term của SH.X04, năm 2019: “", proof.Detail, StringComparison.Ordinal);
        Assert.Contains("phát hành 7.777, tính lại", proof.Detail, StringComparison.Ordinal);
        var alarm = Assert.Single(await new Alarms(register.Database, clock, []).AskAsync(Cancel));
        Assert.Equal("proof", alarm.Code);
        Assert.Contains("phát hành 7.777, tính lại", alarm.Sentence, StringComparison.Ordinal);
        Assert.DoesNotContain("SH.X03", proof.Detail, StringComparison.Ordinal);
        Assert.Equal(["fault 3 1", "proven 3 0"], await register.ColumnAsync("select concat_ws(' ', outcome, compared, differing) from restore_proof order by 1"));

        await register.ExecuteAsync("update member set name = name || ' ' where code = (select min(code) from member)");
        proof = await BackUpAndProveAsync(register);
        Assert.Equal((true, 3, 1, 0), (proof.Proven, proof.Compared, proof.MovedOn, proof.Differing));
        Assert.Contains("SH.X04, năm 2019: sổ đăng ký đã được sửa sau khi phát hành", proof.Detail, StringComparison.Ordinal);
        Assert.Contains("2/3 báo cáo tính lại giống hệt", proof.Detail, StringComparison.Ordinal);
    }

    /// <summary>A branch came to SH.X21 in 2018: its people were there at the year's beginning on today's map alone.</summary>
    [Fact]
    public async Task What_was_issued_on_todays_map_is_counted_again_on_it()
    {
        await using var register = TestRegister.At(await cluster.NewSampleAsync());
        await IssuedSample.IssueAsync(register.Database, "term", "SH.X21", 2018, onMap: true);
        await IssuedSample.IssueAsync(register.Database, "term", "SH.X21", 2018);
        var opening = await register.ColumnAsync("select figure ->> 'value' from issued_report cross join jsonb_array_elements(figures) as figure where figure ->> 'code' = 'opening'");
        Assert.Equal(2, opening.Distinct().Count());

        var proof = await BackUpAndProveAsync(register);

        Assert.Equal((true, 2, 0, 0), (proof.Proven, proof.Compared, proof.MovedOn, proof.Differing));
    }

    [Fact]
    public async Task A_changed_definition_other_rows_under_the_same_number_and_a_damaged_file_are_told_apart()
    {
        await using var register = TestRegister.At(await cluster.NewSampleAsync());
        await IssuedSample.IssueAsync(register.Database, "term", "SH.X03");
        await register.TamperAsync("issued_report", "figures = jsonb_set(figures, '{0,value}', to_jsonb(7777)), definitions = definitions || '{\"sql/gone.sql\": \"00\"}'");
        var moved = await BackUpAndProveAsync(register);
        Assert.Equal((true, 1, 0), (moved.Proven, moved.MovedOn, moved.Differing));
        Assert.Contains("định nghĩa sql/gone.sql đã đổi", moved.Detail, StringComparison.Ordinal);

        await IssuedSample.IssueAsync(register.Database, "term", "SH.X04");
        await register.TamperAsync("issued_evidence", """
            key = 'KHAC' where figure = 'members' and position = 1 and issued_id = (select issued_id from issued_report where unit = 'SH.X04')
            """);
        await register.TamperAsync("stored_file", "bytes = set_byte(bytes, 100, 255 - get_byte(bytes, 100)) where file_id = (select file_id from issued_report where unit = 'SH.X03')");
        var swapped = await BackUpAndProveAsync(register);
        Assert.Equal((false, 1), (swapped.Proven, swapped.Differing));
        Assert.True(swapped.Detail.Contains("nhưng danh sách khác", StringComparison.Ordinal), swapped.Detail);
        Assert.Contains(".xlsx trong kho không còn nguyên vẹn", swapped.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_damaged_or_vanished_file_turns_the_proof_red()
    {
        await using var register = TestRegister.At(await cluster.NewRegisterAsync());
        var work = Work(register);
        Assert.Contains("Chưa có bản sao lưu", (await work.ProveAsync(null, Cancel)).Detail, StringComparison.Ordinal);
        var made = await work.DailyAsync(null, Cancel);
        var whole = await File.ReadAllBytesAsync(made.Path, Cancel);

        whole[whole.Length / 2] ^= 1;
        await File.WriteAllBytesAsync(made.Path, whole, Cancel);
        Assert.Contains("không còn như lúc ghi", (await FaultAsync(work)).Detail, StringComparison.Ordinal);
        // Damage from before the sum was taken shows when it is read.
        await register.ExecuteAsync($"update backup_run set sha256 = '{await BackupFile.HashAsync(made.Path, Cancel)}'");
        Assert.Contains("bị cắt cụt hoặc hỏng", (await FaultAsync(work)).Detail, StringComparison.Ordinal);
        File.Delete(made.Path);
        Assert.Contains("Không còn tệp sao lưu", (await FaultAsync(work)).Detail, StringComparison.Ordinal);
        Assert.Equal(["fault 4"], await register.ColumnAsync("select concat_ws(' ', outcome, count(*)) from restore_proof group by outcome"));
    }

    [Fact]
    public void Two_weeks_and_the_last_of_each_month_are_kept_with_whatever_was_proven_and_whatever_is_not_ours()
    {
        var from = new DateTimeOffset(2025, 1, 1, 18, 30, 0, TimeSpan.Zero);
        var files = Enumerable.Range(0, 600).Select(day => Retention.NameAt(from.AddDays(day))).ToList();
        var proven = files[^40];
        var expired = Retention.Expired([.. files, "truoc-khi-khoi-phuc-" + files[0], "sinho-ghi-chú.backup"], proven);
        var kept = files.Except(expired).ToList();

        Assert.DoesNotContain(expired, file => file.Contains("chú", StringComparison.Ordinal) || file.StartsWith("truoc", StringComparison.Ordinal));
        Assert.Contains(proven, kept);
        Assert.Equal(files[^14..], kept[^14..]);
        Assert.Equal(
            ["2025-08-31", "2025-09-30", "2025-10-31", "2025-11-30", "2025-12-31", "2026-01-31", "2026-02-28", "2026-03-31", "2026-04-30", "2026-05-31", "2026-06-30", "2026-07-31"],
            kept[..^14].Where(file => file != proven).Select(file => file["sinho-".Length..][..10]));
    }

    private async Task<TestRegister> FilledAsync()
    {
        var register = TestRegister.At(await cluster.NewRegisterAsync());
        await register.ExecuteAsync("insert into term values ('2015-2020', '2015-07-01', '2020-06-30')");
        return register;
    }

    private async Task<ProofOutcome> BackUpAndProveAsync(TestRegister register)
    {
        clock.Advance(TimeSpan.FromMinutes(1));
        var work = Work(register);
        await work.DailyAsync(null, Cancel);
        return await work.ProveAsync(null, Cancel);
    }

    private static async Task<ProofOutcome> FaultAsync(BackupWork work)
    {
        var outcome = await work.ProveAsync(null, Cancel);
        Assert.False(outcome.Proven);
        return outcome;
    }

    private BackupWork Work(TestRegister register, string? into = null) => new(
        register.Database, Catalog, new(register.ConnectionString, AppContext.BaseDirectory, into ?? folder.Path), clock);
}
