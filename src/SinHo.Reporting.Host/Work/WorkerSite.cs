namespace SinHo.Reporting.Host.Work;

/// <summary>A worker without pages: only /health, on a free port of this machine unless an address is named.</summary>
public static class WorkerSite
{
    public static WebApplication Build(Workplace place, string url)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = Workplace.Root });
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.WebHost.UseUrls(url);
        builder.WebHost.ConfigureKestrel(server => server.AddServerHeader = false);
        builder.Services.AddSystemd();
        builder.AddWork(place, Role.Worker);
        var site = builder.Build();
        site.MapWork();
        return site;
    }
}
