using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using SinHo.Reporting.Access;

namespace SinHo.Reporting.Host.Web.SignIn;

/// <summary>The cookie names a session in the database; each request asks whether it is still open.</summary>
public sealed class CookieSession(Sessions sessions) : CookieAuthenticationEvents
{
    private const string Session = "session";

    /// <returns>Null for somebody who has not signed in.</returns>
    public static Guid? Of(ClaimsPrincipal user) =>
        Guid.TryParse(user.FindFirstValue(Session), CultureInfo.InvariantCulture, out var session) ? session : null;

    public static Task SignInAsync(HttpContext context, Account account, Guid session)
    {
        var user = Door.Principal(account.Viewer, account.DisplayName, CookieAuthenticationDefaults.AuthenticationScheme);
        ((ClaimsIdentity)user.Identity!).AddClaim(new(Session, session.ToString()));
        return context.SignInAsync(CookieAuthenticationDefaults.AuthenticationScheme, user);
    }

    public override async Task ValidatePrincipal(CookieValidatePrincipalContext context)
    {
        // Whether the service is well is told to nobody in particular, and must not wait for the database.
        if (context.Request.Path.StartsWithSegments("/health", StringComparison.Ordinal))
        {
            context.RejectPrincipal();
            return;
        }
        if (Of(context.Principal!) is { } session && await sessions.IsOpenAsync(session, isUsed: !Dashboard.IsPolling(context.Request), context.HttpContext.RequestAborted))
            return;
        context.RejectPrincipal();
        await context.HttpContext.SignOutAsync(CookieAuthenticationDefaults.AuthenticationScheme);
    }

    public override Task RedirectToAccessDenied(RedirectContext<CookieAuthenticationOptions> context) =>
        AccessPages.Forbidden().ExecuteAsync(context.HttpContext);

    /// <summary>Who looks at a page is sent to sign in; who sends a form is told that nothing came of it.</summary>
    public override async Task RedirectToLogin(RedirectContext<CookieAuthenticationOptions> context)
    {
        if (HttpMethods.IsGet(context.Request.Method))
            context.Response.Redirect(context.RedirectUri);
        else
            await AccessPages.Over().ExecuteAsync(context.HttpContext);
    }
}
