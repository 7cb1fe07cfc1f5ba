using SinHo.Reporting.Catalog;
using SinHo.Reporting.Exchange;
using SinHo.Reporting.Register;
using SinHo.Reporting.Runs;
using SinHo.Reporting.Tests.Exchange;
using SinHo.Reporting.Tests.Support;
using Xunit;

namespace SinHo.Reporting.Tests.Runs;

/// <summary>A workbook handed in on a page: judged, then brought in once.</summary>
public sealed class ImportWorkTests(TestCluster cluster) : IDisposable
{
    private readonly TemporaryFolder folder = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_refused_workbook_is_work_done_and_comes_back_marked()
    {
        await using var ledger = await Ledger.NewAsync(cluster);

        var job = await RunAsync(ledger, Terms("2030-2035", new(2030, 1, 1), new(2029, 1, 1)), dryRun: true);

        var result = ImportWork.Result(job)!;
        Assert.Equal((JobState.Done, false, 1), (job.State, result.Accepted, result.Errors));
        Assert.Equal(("Nhiệm kỳ", 2), (result.Issues[0].Sheet, result.Issues[0].Row));
        var marked = folder.File("marked.xlsx");
        await using (var file = File.Create(marked))
            await new StoredFiles(ledger.Database).CopyToAsync(job.FileId!.Value, file, Cancel);
        Assert.NotEqual("Nhiệm kỳ", new WorkbookSource(marked).Sheets().First().Name);
        Assert.Empty(await new Alarms(ledger.Database, TimeProvider.System, []).AskAsync(Cancel));

        var unreadable = await RunAsync(ledger, RawWorkbook.With("a", "").Part("xl/vbaProject.bin", "x").Save(folder.File("macro.xlsx")), dryRun: true);
        Assert.Contains("macro", ImportWork.Result(unreadable)!.Refusal, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_judged_goes_in_when_asked_and_a_holder_that_lost_its_job_brings_in_nothing()
    {
        // A beat of an hour: the holder does not learn by itself that it lost the lease.
        await using var ledger = await Ledger.NewAsync(cluster, leaseSeconds: 60 * 3600);
        var path = Terms("2030-2035", new(2030, 1, 1), new(2034, 12, 31));

        var judged = await RunAsync(ledger, path, dryRun: true);
        Assert.Equal((true, 1), (ImportWork.Result(judged)!.Accepted, ImportWork.Result(judged)!.Sheets.Single().Added));
        Assert.Equal(0, await TermsAsync(ledger));

        var id = await ledger.Jobs.SubmitAsync(ImportWork.Wish(judged.Read<ImportWish>() with { DryRun = false }, "an"), Cancel);
        await using var late = (await ledger.Jobs.ClaimAsync(id, "late", Cancel))!;
        await ledger.ScalarAsync<object>("update job set lease_until = clock_timestamp() - interval '1 second' where state = 'running'");
        var done = await FinishAsync(ledger, id);
        await Assert.ThrowsAsync<LeaseLostException>(() => Work(ledger).RunAsync(late));

        Assert.True(ImportWork.Result(done)!.Accepted);
        Assert.Equal(1, await TermsAsync(ledger));
        Assert.Equal("an", Assert.Single(await new ImportHistory(ledger.Database).ListAsync(10, Cancel), past => past.FileName == "so.xlsx").By);
    }

    [Fact]
    public async Task Two_who_confirm_at_once_import_once_and_a_third_finds_nothing_to_change()
    {
        await using var ledger = await Ledger.NewAsync(cluster);
        var judged = await RunAsync(ledger, Terms("2030-2035", new(2030, 1, 1), new(2034, 12, 31)), dryRun: true);
        var wish = judged.Read<ImportWish>() with { DryRun = false };
        var asked = await Task.WhenAll(ledger.Jobs.SubmitAsync(ImportWork.Wish(wish, "an"), Cancel), ledger.Jobs.SubmitAsync(ImportWork.Wish(wish, "binh"), Cancel));
        Assert.Equal(asked[0], asked[1]);
        await FinishAsync(ledger, asked[0]);
        var third = await FinishAsync(ledger, await ledger.Jobs.SubmitAsync(ImportWork.Wish(wish, "chi"), Cancel));
        Assert.NotEqual(asked[0], third.JobId);
        Assert.Equal((0, 0, 1), ImportWork.Result(third)!.Sheets.Select(sheet => (sheet.Added, sheet.Changed, sheet.Unchanged)).Single());
        Assert.Equal(1, await TermsAsync(ledger));
    }

    [Fact]
    public async Task What_was_judged_good_is_judged_again_by_the_register_of_the_moment()
    {
        await using var ledger = await Ledger.NewAsync(cluster);
        await ledger.ScalarAsync<object>("insert into settlement values ('SH.X03.V99'); insert into village values ('SH.X03.V99', 'Bản Mới', 'Bản', 'SH.X03', '2015-01-01')");
        var path = folder.File("so.xlsx");
        RegisterWorkbook.Write(path, [(ExchangeWorkbook.Services, [["SH.X03.B01", "SH.X03.V99", new DateOnly(2020, 1, 1), null]])], Cancel);
        var judged = await RunAsync(ledger, path, dryRun: true);
        Assert.True(ImportWork.Result(judged)!.Accepted);

        await ledger.ScalarAsync<object>("delete from village where code = 'SH.X03.V99'; delete from settlement where code = 'SH.X03.V99'");
        var kept = await FinishAsync(ledger, await ledger.Jobs.SubmitAsync(ImportWork.Wish(judged.Read<ImportWish>() with { DryRun = false }, "an"), Cancel));
        var result = ImportWork.Result(kept)!;
        Assert.Equal((false, 1, "Chi bộ - bản"), (result.Accepted, result.Errors, result.Issues[0].Sheet));
        Assert.NotNull(kept.FileId);
        Assert.Equal(0L, await ledger.ScalarAsync<long>("select count(*) from service where village = 'SH.X03.V99'"));
    }

    private static ImportWork Work(Ledger ledger) => new(ledger.Database, Path.Combine(AppContext.BaseDirectory, "sql", "import"), CatalogReader.Read(AppContext.BaseDirectory));

    private static Task<long> TermsAsync(Ledger ledger) => ledger.ScalarAsync<long>("select count(*) from term where name = '2030-2035'");

    private string Terms(string name, DateOnly from, DateOnly until)
    {
        var path = folder.File("so.xlsx");
        RegisterWorkbook.Write(path, [(ExchangeWorkbook.Terms, [[name, from, until]])], Cancel);
        return path;
    }

    private static async Task<Job> RunAsync(Ledger ledger, string path, bool dryRun)
    {
        await using var bytes = File.OpenRead(path);
        var file = await new StoredFiles(ledger.Database).AddAsync("so.xlsx", StoredFiles.Workbook, bytes, Cancel);
        return await FinishAsync(ledger, await ledger.Jobs.SubmitAsync(ImportWork.Wish(new(file.FileId, file.Name, file.Sha256, dryRun), "an"), Cancel));
    }

    private static async Task<Job> FinishAsync(Ledger ledger, Guid id)
    {
        var runner = ledger.NewRunner(new(StringComparer.Ordinal) { [ImportWork.Kind] = Work(ledger).RunAsync });
        Assert.Equal(JobState.Done, (await runner.RunAsync(id, Cancel)).State);
        return await ledger.Jobs.GetAsync(id, Cancel);
    }
}
