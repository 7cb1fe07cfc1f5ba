using System.Net;
using MudBlazor.Services;
using SinHo.Reporting.Host.Web.SignIn;
using SinHo.Reporting.Host.Work;

namespace SinHo.Reporting.Host.Web;

/// <summary>The web site, as a table of contents: what it is made of and what it answers to. Nothing is open that is not said to be.</summary>
public static class Site
{
    /// <summary>Named, because the files of the site are found by the program's name also where another program starts it.</summary>
    private static WebApplicationOptions Options => new() { ContentRootPath = Workplace.Root, ApplicationName = typeof(Site).Assembly.GetName().Name };

    /// <param name="reports">Folder of the finished workbooks; only .xlsx files directly in it are offered.</param>
    /// <param name="proxies">Whose word on sender and scheme is taken; null for proxies of this machine.</param>
    /// <param name="limits">Null for the usual ones.</param>
    /// <param name="hosts">Names by which the site is called; null for those of this machine.</param>
    public static WebApplication Build(Workplace place, string reports, string url, Role role, IReadOnlyList<IPNetwork>? proxies = null, PageLimits? limits = null, IReadOnlyList<string>? hosts = null)
    {
        var builder = WebApplication.CreateBuilder(Options);
        // Standard output belongs to the verbs.
        builder.Logging.ClearProviders().AddConsole(console => console.LogToStandardErrorThreshold = LogLevel.Trace).SetMinimumLevel(LogLevel.Warning);
        builder.WebHost.UseStaticWebAssets();
        builder.WebHost.UseUrls(url);
        builder.WebHost.ConfigureKestrel(server => server.AddServerHeader = false);
        builder.Services.AddSystemd();
        builder.AddProxies(proxies);
        builder.AddHostNames(hosts ?? HostNames.Usual(url, null));
        builder.AddWork(place, role, limits ?? PageLimits.Usual);
        builder.Services.AddSingleton(limits ?? PageLimits.Usual);
        builder.AddDoor();
        builder.AddAccess();
        builder.AddDesk(reports);
        builder.Services.AddMudServices();
        builder.Services.AddLocalizationInterceptor<ComponentWords>();
        builder.Services.AddRazorComponents().AddInteractiveServerComponents();

        var site = builder.Build();
        site.UseForwardedHeaders();
        site.UseHostCookies();
        // In a scope of its own: what the failed page began there cannot be begun again.
        site.UseExceptionHandler("/loi", createScopeForErrors: true);
        site.UseStatusCodePagesWithReExecute("/khong-co", createScopeForStatusCodePages: true);
        site.UseSecurityHeaders();
        site.UseMiddleware<AddressGuard>();
        site.UseMiddleware<WaitingRoom>();
        site.UseAuthentication();
        site.UseMiddleware<RequestPosition>();
        site.UseAuthorization();
        site.UseAntiforgery();
        site.UseAccess();
        site.MapStaticAssets().AllowAnonymous();
        site.MapWork();
        site.MapDownloads();
        site.MapAccess();
        site.MapVerify();
        site.MapImportFiles();
        site.MapDashboard();
        // The policy of content already says that nobody may frame a page.
        site.MapRazorComponents<App>().AddInteractiveServerRenderMode(options => options.ContentSecurityFrameAncestorsPolicy = null);
        return site;
    }
}
