using System.Net;
using System.Text.RegularExpressions;
using ClosedXML.Excel;
using SinHo.Reporting.Tests.Support;
using Xunit;

namespace SinHo.Reporting.Tests.Host;

/// <summary>A data folder in which `sinho demo` ran once.</summary>
public sealed class DemoFolder : IAsyncLifetime
{
    private readonly TemporaryFolder folder = new();

    public string Path => folder.Path;

    public Said First { get; private set; } = null!;

    public bool ServerRuns => System.IO.File.Exists(folder.File("pg/postmaster.pid"));

    public async ValueTask InitializeAsync() => First = await SinhoProcess.RunAsync(["demo", "--no-serve", "--data", Path], database: null, CancellationToken.None);

    public ValueTask DisposeAsync()
    {
        folder.Dispose();
        return ValueTask.CompletedTask;
    }
}

/// <summary>demo and serve as a newcomer meets them: from nothing to a file offered on a page, and back to a quiet machine.</summary>
public sealed partial class StartPageTests(DemoFolder demo) : IClassFixture<DemoFolder>
{
    private const string Workbook = "Bao cao thong ke to chuc dang va dang vien - Dang bo huyen Sin Ho - nhiem ky 2015-2020.xlsx";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public void The_first_demo_prints_its_figures_and_where_the_file_is()
    {
        Assert.True(demo.First.Exit == 0, demo.First.Error);
        Assert.Contains("3.882", demo.First.Output, StringComparison.Ordinal);
        Assert.Contains(", 0 không đạt.", demo.First.Output, StringComparison.Ordinal);
        Assert.Contains(Path.Combine(demo.Path, "bao-cao", Workbook), demo.First.Output, StringComparison.Ordinal);
        Assert.Equal(
            UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(Path.Combine(demo.Path, "bao-cao")));
    }

    [Fact]
    public async Task The_page_offers_the_file_and_nothing_beside_it_until_Ctrl_C()
    {
        await using var sinho = Serve();
        using var visitor = await Visitor.EnterAsync(sinho);
        var web = visitor.Web;

        var page = await web.GetStringAsync(new Uri("/", UriKind.Relative), Cancel);
        var link = WebUtility.HtmlDecode(Link().Match(page).Groups["link"].Value);
        Assert.EndsWith(Workbook, Uri.UnescapeDataString(link), StringComparison.Ordinal);
        await using (var file = await web.GetStreamAsync(new Uri(link, UriKind.Relative), Cancel))
        {
            using var copy = new MemoryStream();
            await file.CopyToAsync(copy, Cancel);
            using var book = new XLWorkbook(copy);
            Assert.Equal(3882d, book.NamedRange("fig_members").Ranges.Single().FirstCell().Value);
        }

        var loaded = Loaded().Matches(page).Select(match => match.Groups["file"].Value).ToList();
        Assert.True(loaded.Count >= 4, page);
        foreach (var part in loaded)
        {
            using var answer = await web.GetAsync(new Uri(part, UriKind.Relative), Cancel);
            Assert.True(answer.StatusCode == HttpStatusCode.OK, $"{part}: {answer.StatusCode}");
        }

        Assert.Contains("few_member_local_admissions", await web.GetStringAsync(new Uri("/dinh-nghia", UriKind.Relative), Cancel), StringComparison.Ordinal);
        Assert.Equal("ok", await web.GetStringAsync(new Uri("/health/ready", UriKind.Relative), Cancel));
        foreach (var outside in (string[])["/bao-cao/khong-co.xlsx", "/bao-cao/..%2Fpassword", "/bao-cao/%2e%2e%2fpassword", $"/bao-cao/..%2Fbao-cao%2F{Workbook}", "/password", "/bao-cao/%2Fetc%2Fpasswd"])
        {
            using var answer = await web.GetAsync(new Uri(outside, UriKind.Relative), Cancel);
            Assert.True(answer.StatusCode == HttpStatusCode.NotFound, $"{outside}: {answer.StatusCode}");
        }

        var said = await sinho.StopAsync("INT", Cancel);
        Assert.True(said.Exit == 0, said.Error);
        Assert.Equal("", said.Output);
        Assert.False(demo.ServerRuns);
    }

    [Fact]
    public async Task Until_somebody_can_administer_each_start_prints_a_link_that_opens_the_page()
    {
        using var own = new TemporaryFolder();
        await using (var first = SinhoProcess.Start(["serve", "--urls", "http://127.0.0.1:0", "--data", own.Path]))
            Assert.NotNull(await first.InvitationAsync(Cancel));
        await using (var second = SinhoProcess.Start(["serve", "--urls", "http://127.0.0.1:0", "--data", own.Path]))
        {
            using var visitor = await Visitor.EnterAsync(second);
            Assert.Contains("Tổng quan", await visitor.ReadAsync("/"), StringComparison.Ordinal);
        }
        await using var third = SinhoProcess.Start(["serve", "--urls", "http://127.0.0.1:0", "--data", own.Path]);
        Assert.Null(await third.InvitationAsync(Cancel));
        Assert.DoesNotContain("dat-mat-khau", (await third.StopAsync("INT", Cancel)).Error, StringComparison.Ordinal);
    }

    [Trait("Length", "Long")]
    [Fact]
    public async Task A_second_demo_reuses_the_data()
    {
        await using var sinho = SinhoProcess.Start(["demo", "--urls", "http://127.0.0.1:0", "--data", demo.Path]);
        await sinho.AddressAsync(Cancel);
        var said = await sinho.StopAsync("TERM", Cancel);

        Assert.True(said.Exit == 0, said.Error);
        Assert.DoesNotContain("Nhập dữ liệu mẫu", said.Error, StringComparison.Ordinal);
        Assert.Equal(demo.First.Output, said.Output);
        Assert.False(demo.ServerRuns);
    }

    [Trait("Length", "Long")]
    [Fact]
    public async Task What_a_killed_program_leaves_the_next_start_repairs()
    {
        await using (var killed = Serve())
        {
            await killed.AddressAsync(Cancel);
            await killed.StopAsync("KILL", Cancel);
        }

        await using var next = Serve();
        using var web = new HttpClient { BaseAddress = await next.AddressAsync(Cancel) };
        Assert.Equal("ok", await web.GetStringAsync(new Uri("/health/ready", UriKind.Relative), Cancel));
        Assert.Equal(0, (await next.StopAsync("INT", Cancel)).Exit);
        Assert.False(demo.ServerRuns);
    }

    private SinhoProcess Serve() => SinhoProcess.Start(["serve", "--urls", "http://127.0.0.1:0", "--data", demo.Path]);

    [GeneratedRegex("href=\"(?<link>/bao-cao/[^\"]+)\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Link();

    /// <summary>Styles and scripts; none lies on another machine.</summary>
    [GeneratedRegex("<(link rel=\"stylesheet\" href|script src)=\"(?<file>[^\"]+)\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Loaded();
}
