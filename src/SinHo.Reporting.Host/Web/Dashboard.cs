using Hangfire;
using Hangfire.Dashboard;
using SinHo.Reporting.Access;
using SinHo.Reporting.Host.Web.SignIn;

namespace SinHo.Reporting.Host.Web;

/// <summary>
/// Hangfire's own pages: how the bell fares, for administrators to look at. Nothing can be changed there: what is done again is decided on the board,
/// where it is counted and recorded.
/// </summary>
public static class Dashboard
{
    public const string Address = "/hangfire";

    /// <summary>How often its pages ask for numbers, in milliseconds; such a question does not keep a session open.</summary>
    private const int Polling = 10_000;

    public static void MapDashboard(this WebApplication site) => site
        .MapHangfireDashboard(Address, new DashboardOptions
        {
            AppPath = "/quan-tri",
            DashboardTitle = "Việc nền",
            Authorization = [new DashboardDoor()],
            IsReadOnlyFunc = _ => true,
            DisplayStorageConnectionString = false,
            // Nothing can be changed there, and FormGuard asks for a token wherever anything could be.
            IgnoreAntiforgeryToken = true,
            StatsPollingInterval = Polling,
        })
        .RequireAuthorization(nameof(Right.Administer));

    /// <summary>Whether a request is the dashboard's asking by itself, with nobody at the machine.</summary>
    public static bool IsPolling(HttpRequest request) => request.Path.StartsWithSegments($"{Address}/stats", StringComparison.Ordinal);
}
