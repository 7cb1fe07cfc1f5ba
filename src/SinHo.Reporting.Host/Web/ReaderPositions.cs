using System.Collections.Concurrent;
using System.Security.Claims;
using SinHo.Reporting.Access;
using SinHo.Reporting.Facts;

namespace SinHo.Reporting.Host.Web;

/// <summary>
/// For each account how far standbys must have come for it: nobody is shown a page without what he just entered, at whichever web process. That
/// somebody may be writing is kept with his account, and comes along with the question whether his session is open.
/// </summary>
public sealed class ReaderPositions(Sessions sessions, TimeProvider clock)
{
    private readonly ConcurrentDictionary<long, ReaderPosition> accounts = [];

    /// <returns>Null for somebody who has not signed in.</returns>
    public ReaderPosition? Of(ClaimsPrincipal user) =>
        Door.Viewer(user) is { } viewer ? accounts.GetOrAdd(viewer.Account, account => new(clock, (time, cancel) => sessions.MayWriteAsync(account, time, cancel))) : null;
}

/// <summary>What a request reads is read for its sender; who sends a form enters something. What lives on a socket says so itself.</summary>
public sealed class RequestPosition(RequestDelegate next, ReaderPositions positions)
{
    public async Task InvokeAsync(HttpContext context)
    {
        if (!context.Request.Path.StartsWithSegments("/_blazor", StringComparison.Ordinal) && positions.Of(context.User) is { } reader)
        {
            if (!HttpMethods.IsGet(context.Request.Method) && !HttpMethods.IsHead(context.Request.Method))
                await reader.ActsAsync(context.RequestAborted);
            reader.Enter();
        }
        await next(context);
    }
}
