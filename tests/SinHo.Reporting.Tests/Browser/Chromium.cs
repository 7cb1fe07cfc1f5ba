using Microsoft.Playwright;
using SinHo.Reporting.Tests.Browser;
using Xunit;

[assembly: AssemblyFixture(typeof(Chromium))]

namespace SinHo.Reporting.Tests.Browser;

/// <summary>One browser for the whole run of tests, started by the first that asks: Debian's Chromium, or the program named by SINHO_CHROMIUM.</summary>
public sealed class Chromium : IAsyncDisposable
{
    private const string Package = "chromium";

    /// <summary>It asks its makers nothing, and finds no machine but this one.</summary>
    private static readonly string[] Alone =
    [
        "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run",
        "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
    ];

    private readonly Lazy<Task<(IPlaywright Driver, IBrowser Browser)>> started = new(StartAsync);

    /// <summary>A browser window of its own: no cookie, no history.</summary>
    /// <param name="state">Cookies to begin with, as <see cref="IBrowserContext.StorageStateAsync"/> gives them.</param>
    public async Task<Visit> OpenAsync(Uri site, string? state = null)
    {
        var context = await (await started.Value).Browser.NewContextAsync(new()
        {
            BaseURL = site.ToString(),
            Locale = "vi-VN",
            TimezoneId = "Asia/Ho_Chi_Minh",
            ViewportSize = Visit.Desk,
            AcceptDownloads = true,
            StorageState = state,
        });
        return new(context, await context.NewPageAsync(), site);
    }

    public async ValueTask DisposeAsync()
    {
        if (!started.IsValueCreated)
            return;
        var (driver, browser) = await started.Value;
        await browser.DisposeAsync();
        driver.Dispose();
    }

    private static async Task<(IPlaywright Driver, IBrowser Browser)> StartAsync()
    {
        var program = Program();
        var driver = await Playwright.CreateAsync();
        return (driver, await driver.Chromium.LaunchAsync(new() { ExecutablePath = program, Args = Alone }));
    }

    private static string Program()
    {
        if (Environment.GetEnvironmentVariable("SINHO_CHROMIUM") is { Length: > 0 } named)
            return named;
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries);
        return folders.Select(folder => Path.Combine(folder, Package)).FirstOrDefault(File.Exists)
            ?? throw new FileNotFoundException($"There is no {Package} on this machine: run `apt-get install -y {Package}`, or name one in SINHO_CHROMIUM.");
    }
}
