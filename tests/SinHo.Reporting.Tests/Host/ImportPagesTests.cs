using System.Net;
using ClosedXML.Excel;
using Dapper;
using Microsoft.AspNetCore.Components.Forms;
using Microsoft.Extensions.DependencyInjection;
using SinHo.Reporting.Catalog;
using SinHo.Reporting.Exchange;
using SinHo.Reporting.Host.Web;
using SinHo.Reporting.Register;
using SinHo.Reporting.Runs;
using SinHo.Reporting.Tests.Support;
using Xunit;

namespace SinHo.Reporting.Tests.Host;

/// <summary>From a workbook handed in to what the pages say of it.</summary>
public sealed class ImportPagesTests(AccessSite site) : IClassFixture<AccessSite>, IDisposable
{
    private readonly TemporaryFolder folder = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private Uploads Uploads => site.Site.Services.GetRequiredService<Uploads>();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_workbook_with_faults_is_mended_confirmed_and_found_among_the_imports()
    {
        using var preparer = await EnterAsync("lapbieu");
        using var empty = new XLWorkbook(await (await preparer.GetAsync("/nhap-so-lieu/so-trong.xlsx")).Content.ReadAsStreamAsync(Cancel));
        Assert.Contains(empty.Worksheets, sheet => sheet.Name == "Đảng viên");

        var bad = await WorkAsync(await Uploads.TakeAsync(Workbook("so xấu.xlsx", new(2030, 1, 1), new(2029, 1, 1)), "lapbieu", Nobody, Cancel));
        var page = await preparer.ReadAsync($"/nhap-so-lieu/{bad}");
        foreach (var part in (string[])["Kiểm tra sổ so xấu.xlsx", "1 lỗi", "Sổ đăng ký không thay đổi", "Nhiệm kỳ", "Tải sổ đã đánh dấu"])
            Assert.Contains(part, page, StringComparison.Ordinal);
        Assert.DoesNotContain("Nhập vào sổ đăng ký”", page, StringComparison.Ordinal);
        using var marked = await preparer.GetAsync($"/nhap-so-lieu/{bad}/danh-dau.xlsx");
        Assert.Contains("so xấu - đánh dấu.xlsx", marked.Content.Headers.ContentDisposition!.FileNameStar, StringComparison.Ordinal);
        using (var book = new XLWorkbook(await marked.Content.ReadAsStreamAsync(Cancel)))
            Assert.Equal("Lỗi", book.Worksheets.First().Name);

        var good = await WorkAsync(await Uploads.TakeAsync(Workbook("so tốt.xlsx", new(2030, 1, 1), new(2034, 12, 31)), "lapbieu", Nobody, Cancel));
        Assert.Contains("Chưa ghi gì", await preparer.ReadAsync($"/nhap-so-lieu/{good}"), StringComparison.Ordinal);
        Assert.Equal(0, await CountAsync("term where name = '2030-2035'"));
        var kept = await WorkAsync(await Uploads.KeepAsync(await site.Site.Services.GetRequiredService<Jobs>().GetAsync(good, Cancel), reason: null, "lapbieu", Cancel));
        Assert.Contains("Đã nhập vào sổ đăng ký", await preparer.ReadAsync($"/nhap-so-lieu/{kept}"), StringComparison.Ordinal);
        Assert.Equal(1, await CountAsync("term where name = '2030-2035'"));

        var list = await preparer.ReadAsync("/nhap-so-lieu");
        foreach (var part in (string[])["1 lỗi", "Hợp lệ, chưa nhập", "Đã nhập", "so tốt.xlsx", "/nhat-ky?lan-nhap="])
            Assert.Contains(part, list, StringComparison.Ordinal);

        foreach (var page404 in (string[])[$"/nhap-so-lieu/{Guid.Empty}", $"/nhap-so-lieu/{Guid.Empty}/danh-dau.xlsx", $"/nhap-so-lieu/{kept}/danh-dau.xlsx"])
        {
            using var missing = await preparer.GetAsync(page404);
            Assert.Equal((page404, HttpStatusCode.NotFound), (page404, missing.StatusCode));
        }
        using var commune = await EnterAsync("xa");
        Assert.DoesNotContain("so tốt.xlsx", await commune.ReadAsync("/nhap-so-lieu"), StringComparison.Ordinal);
        foreach (var path in (string[])[$"/nhap-so-lieu/{bad}", $"/nhap-so-lieu/{bad}/danh-dau.xlsx"])
        {
            using var refused = await commune.GetAsync(path);
            Assert.Equal((path, HttpStatusCode.NotFound), (path, refused.StatusCode));
        }
    }

    [Fact]
    public async Task The_page_says_of_how_many_people_a_file_without_days_corrected_the_latest_of_several_versions()
    {
        using var preparer = await EnterAsync("lapbieu");
        string code;
        await using (var connection = await site.Database.OpenConnectionAsync(Cancel))
            code = (await connection.ExecuteScalarAsync<string>("select min(code) from member where occupation <> 'Học sinh'"))!;
        var import = new RegisterImport(site.Database, Path.Combine(AppContext.BaseDirectory, "sql", "import"));
        var version = await import.RunAsync(new WorkbookSource(Sheet("mới.xlsx", ["Mã đảng viên", "Từ ngày", "Nghề nghiệp"], [code, "01/01/2015", "Học sinh"])), new("", "", "test", DryRun: false), null, Cancel);
        Assert.Empty(version.Errors);

        var file = new MemoryStream(await File.ReadAllBytesAsync(Sheet("sửa.xlsx", ["Mã đảng viên", "Nghề nghiệp"], [code, "Khác"]), Cancel));
        var job = await WorkAsync(await Uploads.TakeAsync(new Handed("sửa.xlsx", file), "lapbieu", Nobody, Cancel));

        Assert.Contains("sửa dòng mới nhất của 1 người có nhiều dòng", await preparer.ReadAsync($"/nhap-so-lieu/{job}"), StringComparison.Ordinal);
        await import.RunAsync(await GivenBack.FindAsync(site.Database, version.Import!.Value, Cancel), new("", "", "test", DryRun: false), null, Cancel);
    }

    [Fact]
    public async Task What_breaks_off_or_is_too_large_leaves_nothing_behind()
    {
        var (files, jobs) = (await CountAsync("stored_file"), await CountAsync("job"));
        var places = Directory.GetDirectories(Path.GetTempPath(), "sinho-upload-*").Length;
        var received = 0L;
        await Assert.ThrowsAsync<IOException>(() => Uploads.TakeAsync(
            new Handed("đứt.xlsx", new BrokenStream()), "lapbieu", new Now(bytes => received = bytes), Cancel));
        Assert.True(received > 0);
        await Assert.ThrowsAsync<IOException>(() => Uploads.TakeAsync(
            new Handed("to.xlsx", new MemoryStream()) { Size = WorkbookGuard.LargestFile + 1 }, "lapbieu", Nobody, Cancel));
        Assert.Equal((files, jobs), (await CountAsync("stored_file"), await CountAsync("job")));
        Assert.Equal(places, Directory.GetDirectories(Path.GetTempPath(), "sinho-upload-*").Length);
    }

    private static IProgress<long> Nobody => new Now(_ => { });

    private string Sheet(string name, string[] captions, string[] cells)
    {
        using var book = new XLWorkbook();
        var sheet = book.AddWorksheet("Đảng viên");
        foreach (var (column, caption) in captions.Index())
        {
            sheet.Cell(1, column + 1).SetValue(caption);
            sheet.Cell(2, column + 1).SetValue(cells[column]);
        }
        var path = folder.File(name);
        book.SaveAs(path);
        return path;
    }

    private Handed Workbook(string name, DateOnly from, DateOnly until)
    {
        var path = folder.File("so.xlsx");
        RegisterWorkbook.Write(path, [(ExchangeWorkbook.Terms, [["2030-2035", from, until]])], Cancel);
        return new(name, new MemoryStream(File.ReadAllBytes(path)));
    }

    /// <summary>What a worker does.</summary>
    private async Task<Guid> WorkAsync(Guid job)
    {
        var jobs = site.Site.Services.GetRequiredService<Jobs>();
        var work = new ImportWork(site.Database, Path.Combine(AppContext.BaseDirectory, "sql", "import"), site.Site.Services.GetRequiredService<Definitions>());
        var runner = new JobRunner(jobs, WorkTimes.Usual, "test", new Dictionary<string, Func<JobHold, Task>>(StringComparer.Ordinal) { [ImportWork.Kind] = work.RunAsync });
        Assert.Equal(JobState.Done, (await runner.RunAsync(job, Cancel)).State);
        return job;
    }

    private async Task<long> CountAsync(string what)
    {
        await using var connection = await site.Database.OpenConnectionAsync(Cancel);
        return await connection.ExecuteScalarAsync<long>($"select count(*) from {what}");
    }

    private async Task<Visitor> EnterAsync(string name)
    {
        var visitor = new Visitor(site.Address);
        using var answer = await visitor.SignInAsync(name, Visitor.Password);
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        return visitor;
    }

    /// <summary>A file as the browser hands it over.</summary>
    private sealed class Handed(string name, Stream bytes) : IBrowserFile
    {
        public string Name => name;

        public DateTimeOffset LastModified => default;

        public long Size { get; init; } = bytes.CanSeek ? bytes.Length : 1 << 20;

        public string ContentType => StoredFiles.Workbook;

        public Stream OpenReadStream(long maxAllowedSize = 512_000, CancellationToken cancellationToken = default) =>
            Size <= maxAllowedSize ? bytes : throw new IOException("Supplied file exceeds the maximum.");
    }

    /// <summary>A line that is cut after some bytes.</summary>
    private sealed class BrokenStream : MemoryStream
    {
        private int reads;

        public override bool CanSeek => false;

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            ++reads < 4 ? new(buffer.Length) : throw new IOException("The line was cut.");
    }

    private sealed class Now(Action<long> told) : IProgress<long>
    {
        public void Report(long value) => told(value);
    }
}
