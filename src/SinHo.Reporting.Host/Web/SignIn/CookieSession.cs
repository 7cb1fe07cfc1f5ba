using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.WebUtilities;
using SinHo.Reporting.Access;

namespace SinHo.Reporting.Host.Web.SignIn;

/// <summary>The cookie names a session in the database; each request asks whether it is still open.</summary>
public sealed class CookieSession(Sessions sessions, ReaderPositions positions) : CookieAuthenticationEvents
{
    private const string Session = "session";

    /// <summary>Why the session of a request was over, where it ended by itself: kept with the request, and in the address that leads to signing in.</summary>
    private const string Over = "het-phien";

    private const string Idle = "nghi";
    private const string Long = "lau";

    /// <returns>Why somebody who comes to sign in was signed out, in Vietnamese; null where he was not, or did so himself.</returns>
    public static string? WhyOver(HttpContext context) => (context.Items[Over] as string ?? context.Request.Query[Over].ToString()) switch
    {
        Idle => $"Phiên làm việc đã hết vì {Sessions.Idle.TotalMinutes:0} phút không thao tác. Đăng nhập lại để làm tiếp ở trang đang mở.",
        Long => $"Phiên làm việc đã hết sau {Sessions.Day.TotalHours:0} giờ. Đăng nhập lại để làm tiếp ở trang đang mở.",
        _ => null,
    };

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
        var session = Of(context.Principal!);
        if (session is { } named && await sessions.FindOpenAsync(named, isUsed: !Dashboard.IsPolling(context.Request), context.HttpContext.RequestAborted) is { } open)
        {
            if (open.MayWriteUntil is { } until)
                positions.Of(context.Principal!)?.Heard(until, open.Left);
            return;
        }
        context.RejectPrincipal();
        if (session is { } over && await sessions.OverAfterAsync(over, context.HttpContext.RequestAborted) is { } after)
            context.HttpContext.Items[Over] = after == Sessions.Idle ? Idle : Long;
        await context.HttpContext.SignOutAsync(CookieAuthenticationDefaults.AuthenticationScheme);
    }

    public override Task RedirectToAccessDenied(RedirectContext<CookieAuthenticationOptions> context) =>
        AccessPages.Forbidden().ExecuteAsync(context.HttpContext);

    /// <summary>Who looks at a page is sent to sign in; who sends a form is told that nothing came of it.</summary>
    public override async Task RedirectToLogin(RedirectContext<CookieAuthenticationOptions> context)
    {
        if (HttpMethods.IsGet(context.Request.Method))
            context.Response.Redirect(context.HttpContext.Items[Over] is string why ? QueryHelpers.AddQueryString(context.RedirectUri, Over, why) : context.RedirectUri);
        else
            await AccessPages.Over().ExecuteAsync(context.HttpContext);
    }
}
