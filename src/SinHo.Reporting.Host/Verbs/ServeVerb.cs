using System.CommandLine;
using SinHo.Reporting.Host.Web;

namespace SinHo.Reporting.Host.Verbs;

/// <summary>sinho serve: the start page with the finished reports.</summary>
public static class ServeVerb
{
    private const string UsualUrl = "http://127.0.0.1:5080";
    private const string AnyPort = "http://127.0.0.1:0";

    public static Option<string?> UrlsOption() => new("--urls") { Description = $"Địa chỉ trang web (không nêu: {UsualUrl})", HelpName = "URL" };

    public static Command Command()
    {
        var urls = UrlsOption();
        var command = new Command("serve", "Mở trang web: các báo cáo đã lập, định nghĩa của từng số liệu") { urls };
        command.SetAction(async (words, cancel) =>
        {
            await using var place = await Workplace.OpenAsync(words, cancel);
            await RunAsync(place, ReportFolder.Of(place), words.GetValue(urls), cancel);
            return ExitCode.Done;
        });
        return command;
    }

    /// <summary>Serves until cancelled. Without a wish for an address, a port that is taken gives way to a free one.</summary>
    public static async Task RunAsync(Workplace place, string reports, string? url, CancellationToken cancel)
    {
        ReportFolder.Make(reports);
        var site = StartPage.Build(place, reports, url ?? UsualUrl);
        try
        {
            await site.StartAsync(cancel);
        }
        catch (IOException) when (url is null)
        {
            await site.DisposeAsync();
            site = StartPage.Build(place, reports, AnyPort);
            await site.StartAsync(cancel);
        }
        await using (site)
        {
            place.Steps.Say($"Trang web: {string.Join(", ", site.Urls)}   (Ctrl-C để dừng)");
            try
            {
                await Task.Delay(Timeout.Infinite, cancel);
            }
            catch (OperationCanceledException)
            {
                place.Steps.Say("Đang dừng…");
            }
            await site.StopAsync(CancellationToken.None);
        }
    }
}
