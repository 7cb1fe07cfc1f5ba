using System.Globalization;
using System.Net;
using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.Options;
using SinHo.Reporting.Access;

namespace SinHo.Reporting.Host.Web;

/// <summary>Who may in: one policy per right, named after it; what names none wants a signed-in viewer.</summary>
public static class Door
{
    private const string Unit = "unit";

    public static void AddDoor(this WebApplicationBuilder builder)
    {
        builder.Services.AddAuthentication(LocalViewer.Scheme).AddScheme<AuthenticationSchemeOptions, LocalViewer>(LocalViewer.Scheme, null);
        builder.Services.AddCascadingAuthenticationState();
        var policies = builder.Services.AddAuthorizationBuilder().SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build());
        foreach (var right in Enum.GetValues<Right>())
            policies.AddPolicy(right.ToString(), policy => policy.RequireAssertion(context => Viewer(context.User)?.May(right) == true));
    }

    /// <summary>The viewer as the claims of his session.</summary>
    public static ClaimsPrincipal Principal(Viewer viewer, string name, string scheme)
    {
        List<Claim> claims =
        [
            new(ClaimTypes.NameIdentifier, viewer.Account.ToString(CultureInfo.InvariantCulture)),
            new(ClaimTypes.Name, name),
            new(ClaimTypes.Role, viewer.Role.ToString()),
        ];
        if (viewer.Unit is not null)
            claims.Add(new(Unit, viewer.Unit));
        return new(new ClaimsIdentity(claims, scheme));
    }

    /// <returns>Null for somebody who has not signed in.</returns>
    public static Viewer? Viewer(ClaimsPrincipal user) =>
        user.Identity?.IsAuthenticated == true
        && long.TryParse(user.FindFirstValue(ClaimTypes.NameIdentifier), NumberStyles.None, CultureInfo.InvariantCulture, out var account)
        && Enum.TryParse<Access.Role>(user.FindFirstValue(ClaimTypes.Role), out var role)
            ? new(account, role, user.FindFirstValue(Unit))
            : null;

    /// <summary>
    /// Until there are accounts: whoever sits at this machine runs the system. A request that came through a proxy is from anywhere.
    /// </summary>
    private sealed class LocalViewer(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory log, UrlEncoder encoder)
        : AuthenticationHandler<AuthenticationSchemeOptions>(options, log, encoder)
    {
        public new const string Scheme = "local";

        protected override Task<AuthenticateResult> HandleAuthenticateAsync()
        {
            var isHere = Context.Connection.RemoteIpAddress is { } address && IPAddress.IsLoopback(address)
                && !Request.Headers.ContainsKey("X-Forwarded-For") && !Request.Headers.ContainsKey("Forwarded");
            return Task.FromResult(isHere
                ? AuthenticateResult.Success(new(Principal(new(0, Access.Role.Administrator, null), "Người dùng máy này", Scheme), Scheme))
                : AuthenticateResult.NoResult());
        }
    }
}
