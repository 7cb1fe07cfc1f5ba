using System.CommandLine;
using SinHo.Reporting.Host.Web;
using SinHo.Reporting.Host.Web.SignIn;
using SinHo.Reporting.Host.Work;

namespace SinHo.Reporting.Host.Verbs;

/// <summary>sinho serve: the pages, and the work behind them.</summary>
public static class ServeVerb
{
    public const string UsualUrl = "http://127.0.0.1:5080";
    private const string AnyPort = "http://127.0.0.1:0";

    public static Option<string?> UrlsOption() => new("--urls") { Description = $"Địa chỉ trang web (không nêu: {UsualUrl})", HelpName = "URL" };

    public static Command Command()
    {
        var urls = UrlsOption();
        var role = new Option<string?>("--role") { Description = "web: chỉ trang web; worker: chỉ làm việc nền (có thể chạy nhiều máy); all: cả hai (không nêu: all)", HelpName = "web|worker|all" };
        var open = new Option<string?>("--public-url")
        {
            Description = $"Địa chỉ người dùng mở khi trang đứng sau máy chủ trung gian, ví dụ https://thongke.example.vn (hoặc biến {SiteAddress.PublicVariable})",
            HelpName = "URL",
        };
        var proxies = new Option<string?>("--proxies")
        {
            Description = $"Máy chủ trung gian được tin về địa chỉ người dùng và https (hoặc biến {Proxies.Variable}; không nêu: chỉ máy này; none: không tin ai)",
            HelpName = "IP,…",
        };
        var hosts = new Option<string?>("--hosts")
        {
            Description = $"Tên máy mà người dùng gõ để mở trang; tên khác bị từ chối (hoặc biến {HostNames.Variable}; không nêu: tên và địa chỉ của máy này và của --public-url; *: mọi tên)",
            HelpName = "TÊN,…",
        };
        var limit = new Option<string?>("--query-limit")
        {
            Description = $"Mỗi truy vấn của một trang được chạy lâu nhất bao nhiêu giây (hoặc biến {PageLimits.QueryVariable}; không nêu: {PageLimits.Usual.Query.TotalSeconds})",
            HelpName = "GIÂY",
        };
        var sessions = new Option<string?>("--page-sessions")
        {
            Description = $"Số phiên cơ sở dữ liệu mà các trang của tiến trình này dùng cùng lúc (hoặc biến {PageLimits.SessionsVariable}; không nêu: theo max_connections)",
            HelpName = "SỐ",
        };
        var command = new Command("serve", "Chạy dịch vụ: trang web và việc nền lập báo cáo theo lịch") { urls, role, open, proxies, hosts, limit, sessions };
        command.SetAction(async (words, cancel) =>
        {
            var part = RoleOf(words.GetValue(role));
            var address = new SiteAddress(words.GetValue(urls))
            {
                Public = PublicUrl(words.GetValue(open) ?? Workplace.Variable(SiteAddress.PublicVariable)),
                Proxies = (words.GetValue(proxies) ?? Workplace.Variable(Proxies.Variable)) is { } named ? Proxies.Parse(named) : null,
                Hosts = (words.GetValue(hosts) ?? Workplace.Variable(HostNames.Variable)) is { } called ? HostNames.Parse(called) : null,
                Limits = PageLimits.Parse(
                    words.GetValue(sessions) ?? Workplace.Variable(PageLimits.SessionsVariable), words.GetValue(limit) ?? Workplace.Variable(PageLimits.QueryVariable)),
            };
            await using var place = await Workplace.OpenAsync(words, cancel);
            await RunAsync(place, ReportFolder.Of(place), address, part, cancel);
            return ExitCode.Done;
        });
        return command;
    }

    /// <summary>Serves until cancelled. Without a wish for an address, a port that is taken gives way to a free one.</summary>
    public static async Task RunAsync(Workplace place, string reports, SiteAddress address, Role role, CancellationToken cancel)
    {
        ReportFolder.Make(reports);
        var site = Build(place, reports, address with { Listen = address.Listen ?? (role == Role.Worker ? AnyPort : UsualUrl) }, role);
        try
        {
            await site.StartAsync(cancel);
        }
        catch (IOException) when (address.Listen is null)
        {
            // Workers may have started before the port was found taken.
            await site.StopAsync(CancellationToken.None);
            await site.DisposeAsync();
            site = Build(place, reports, address with { Listen = AnyPort }, role);
            await site.StartAsync(cancel);
        }
        await using (site)
        {
            if (role != Role.Worker)
                await FirstAdministrator.InviteAsync(place, address.Public ?? site.Urls.First(), cancel);
            place.Steps.Say($"{(role == Role.Worker ? "Việc nền" : "Trang web")}: {string.Join(", ", site.Urls)}   (Ctrl-C để dừng)");
            using var over = CancellationTokenSource.CreateLinkedTokenSource(cancel, site.Lifetime.ApplicationStopping);
            try
            {
                await Task.Delay(Timeout.Infinite, over.Token);
            }
            catch (OperationCanceledException)
            {
                place.Steps.Say("Đang dừng…");
            }
            await site.StopAsync(CancellationToken.None);
            // Whatever watches the service must start it again.
            if (!cancel.IsCancellationRequested)
                throw new InvalidOperationException("A part of the service ended by itself; its log says why.");
        }
    }

    private static WebApplication Build(Workplace place, string reports, SiteAddress address, Role role) =>
        role == Role.Worker ? WorkerSite.Build(place, address.Listen!) : Site.Build(place, reports, address.Listen!, role, address.Proxies, address.Limits, address.Hosts ?? HostNames.Usual(address.Listen!, address.Public));

    private static string? PublicUrl(string? url) =>
        url is null || (Uri.TryCreate(url, UriKind.Absolute, out var read) && read is { Scheme: "http" or "https", PathAndQuery: "/", Fragment: "" })
            ? url
            : throw new UsageException($"Địa chỉ người dùng mở “{url}” không dùng được; hãy nêu như https://thongke.example.vn, không có đường dẫn phía sau.");

    private static Role RoleOf(string? word) => word switch
    {
        null or "all" => Role.All,
        "web" => Role.Web,
        "worker" => Role.Worker,
        _ => throw new UsageException($"--role chỉ nhận web, worker hoặc all, không nhận “{word}”."),
    };
}
