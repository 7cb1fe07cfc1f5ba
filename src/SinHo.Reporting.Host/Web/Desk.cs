using Microsoft.AspNetCore.Components.Authorization;
using SinHo.Reporting.Access;
using SinHo.Reporting.Faces;

namespace SinHo.Reporting.Host.Web;

/// <summary>What every page begins with: who looks, and what day it is.</summary>
public sealed class Desk(AuthenticationStateProvider session, TimeProvider clock)
{
    public DateOnly Today => Vietnamese.Today(clock.GetUtcNow());

    /// <exception cref="UnauthorizedAccessException">Nobody has signed in.</exception>
    public async Task<Viewer> ViewerAsync() =>
        Door.Viewer((await session.GetAuthenticationStateAsync()).User) ?? throw new UnauthorizedAccessException("Nobody has signed in.");

    /// <summary>The account's name, as jobs and trails keep it.</summary>
    public async Task<string> NameAsync() => (await session.GetAuthenticationStateAsync()).User.Identity?.Name ?? "";
}
