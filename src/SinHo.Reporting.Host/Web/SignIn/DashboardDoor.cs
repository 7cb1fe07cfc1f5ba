using Hangfire.Dashboard;
using SinHo.Reporting.Access;

namespace SinHo.Reporting.Host.Web.SignIn;

/// <summary>Hangfire's dashboard shows administrators how jobs fare; nobody changes anything there.</summary>
public sealed class DashboardDoor : IDashboardAuthorizationFilter
{
    public bool Authorize(DashboardContext context) => Door.Viewer(context.GetHttpContext().User)?.May(Right.Administer) == true;
}
