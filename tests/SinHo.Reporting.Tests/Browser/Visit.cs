using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace SinHo.Reporting.Tests.Browser;

/// <summary>Somebody at a browser. What the browser complains of meanwhile is kept, and so is any question to another machine.</summary>
public sealed class Visit : IAsyncDisposable
{
    /// <summary>Tests share two processors with others; what does not come by then does not come.</summary>
    private const float Patience = 90_000;

    /// <summary>The parts of a page come alive one after the other; it is whole when none has followed for so long.</summary>
    private static readonly TimeSpan Still = TimeSpan.FromMilliseconds(250);

    private readonly IBrowserContext context;
    private readonly Uri site;
    private readonly ConcurrentQueue<string> faults = new();
    private TaskCompletionSource alive = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long drawn;

    static Visit() => SetDefaultExpectTimeout(Patience);

    public Visit(IBrowserContext context, IPage page, Uri site)
    {
        (this.context, this.site, Page) = (context, site, page);
        context.SetDefaultTimeout(Patience);
        page.Console += (_, said) => Hear(said);
        page.PageError += (_, fault) => faults.Enqueue($"{page.Url} script: {fault}");
        page.Request += (_, asked) => Watch(new(asked.Url));
        page.WebSocket += (_, socket) =>
        {
            Watch(new(socket.Url));
            socket.FrameReceived += (_, frame) => Look(frame);
        };
    }

    public static ViewportSize Desk => new() { Width = 1366, Height = 768 };

    public static ViewportSize Phone => new() { Width = 390, Height = 844 };

    public IPage Page { get; }

    /// <summary>Errors of the console and of scripts, and addresses of other machines that were asked.</summary>
    public IReadOnlyCollection<string> Faults => faults;

    /// <summary>The title of the page.</summary>
    public ILocator Title => Page.Locator("h1");

    /// <summary>Opens an address as if it were typed, and waits until the page answers to what is done on it.</summary>
    public async Task<IResponse> GoAsync(string path)
    {
        alive = new(TaskCreationOptions.RunContinuationsAsynchronously);
        var answer = (await Page.GotoAsync(path))!;
        await LiveAsync();
        return answer;
    }

    /// <summary>Waits until the page answers to what is done on it, and is not just a picture of itself; plain pages do at once.</summary>
    public async Task LiveAsync()
    {
        await Page.WaitForLoadStateAsync();
        if (await Page.Locator("script[src*='blazor.web']").CountAsync() == 0)
            return;
        await alive.Task.WaitAsync(TimeSpan.FromMilliseconds(Patience), TestContext.Current.CancellationToken);
        while (Stopwatch.GetElapsedTime(Interlocked.Read(ref drawn)) < Still)
            await Task.Delay(20, TestContext.Current.CancellationToken);
    }

    /// <summary>Waits until nothing on the page says that it is still at it.</summary>
    public async Task SettleAsync()
    {
        await LiveAsync();
        await Expect(Page.Locator("main [role=progressbar]")).ToHaveCountAsync(0);
    }

    /// <summary>Does what leads to another document of the site, e.g. sends a form.</summary>
    public async Task LeaveAsync(Func<Task> act, string to)
    {
        alive = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await act();
        await Page.WaitForURLAsync(url => new Uri(url).PathAndQuery.StartsWith(to, StringComparison.Ordinal));
        await LiveAsync();
    }

    public Task SignInAsync(string name, string password, string to = "/") => LeaveAsync(
        async () =>
        {
            await Page.GetByLabel("Tên đăng nhập").FillAsync(name);
            await Page.GetByLabel("Mật khẩu").FillAsync(password);
            await ButtonAsync("Đăng nhập");
        },
        to);

    /// <summary>Looks at what an event will do, then saves it, whatever the warnings.</summary>
    public async Task SaveAsync(string sentence)
    {
        await ButtonAsync("Xem trước");
        await SavePreviewedAsync(sentence);
    }

    /// <summary>Saves what has been looked at.</summary>
    public async Task SavePreviewedAsync(string sentence)
    {
        await Expect(Page.GetByRole(AriaRole.Status).First).ToContainTextAsync("Sẽ ghi:");
        await Expect(Page.GetByRole(AriaRole.Status).First).ToContainTextAsync(sentence);
        await Page.GetByRole(AriaRole.Button, new() { Name = "Ghi vào sổ" }).ClickAsync();
        await Expect(Page.GetByRole(AriaRole.Status).First).ToContainTextAsync("Đã ghi:");
    }

    public Task ButtonAsync(string name) => Page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true }).ClickAsync();

    /// <summary>Types into a box that offers what it finds, and takes the first that has the text.</summary>
    public async Task ChooseAsync(string caption, string typed, string? offered = null)
    {
        await Page.GetByRole(AriaRole.Combobox, new() { Name = caption }).First.FillAsync(typed);
        await Page.Locator(".mud-popover-open .mud-list-item", new() { HasText = offered ?? typed }).First.ClickAsync();
        // The box takes the focus once more when it has closed; what is typed elsewhere before that would land in it.
        await Expect(Page.Locator(".mud-popover-open .mud-list-item")).ToHaveCountAsync(0);
        await SettleAsync();
    }

    /// <summary>Does what hands over a file.</summary>
    /// <returns>The file's name; its bytes are at the path.</returns>
    public async Task<string> DownloadAsync(Func<Task> act, string path)
    {
        var file = await Page.RunAndWaitForDownloadAsync(act);
        await file.SaveAsAsync(path);
        return file.SuggestedFilename;
    }

    public Task<string> CookiesAsync() => context.StorageStateAsync();

    /// <summary>The same cookies as a header of requests.</summary>
    public async Task<string> CookieHeaderAsync() => string.Join("; ", (await context.CookiesAsync()).Select(cookie => $"{cookie.Name}={cookie.Value}"));

    public async ValueTask DisposeAsync() => await context.DisposeAsync();

    private void Hear(IConsoleMessage said)
    {
        // That the document itself is an error, a test asks of its status.
        if (said.Type == "error" && !(said.Text.StartsWith("Failed to load resource", StringComparison.Ordinal) && said.Location.StartsWith(Page.Url, StringComparison.Ordinal)))
            faults.Enqueue($"{Page.Url} console: {said.Text}");
    }

    private void Watch(Uri asked)
    {
        if (asked.Scheme is "http" or "https" or "ws" or "wss" && asked.Authority != site.Authority)
            faults.Enqueue($"{Page.Url} asked {asked}");
    }

    private void Look(IWebSocketFrame frame)
    {
        if (frame.Binary is { } bytes && bytes.AsSpan().IndexOf(Encoding.ASCII.GetBytes("JS.RenderBatch")) >= 0)
        {
            Interlocked.Exchange(ref drawn, Stopwatch.GetTimestamp());
            alive.TrySetResult();
        }
    }
}
