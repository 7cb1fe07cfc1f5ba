using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.Authorization;
using SinHo.Reporting.Access;

namespace SinHo.Reporting.Host.Web;

/// <summary>Who may in: one policy per right, named after it; what names none wants a signed-in viewer.</summary>
public static class Door
{
    private const string Unit = "unit";

    public static void AddDoor(this WebApplicationBuilder builder)
    {
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
        && Enum.TryParse<SinHo.Reporting.Access.Role>(user.FindFirstValue(ClaimTypes.Role), out var role)
            ? new(account, role, user.FindFirstValue(Unit))
            : null;
}
