using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server;
using Microsoft.AspNetCore.Components.Server.Circuits;
using Npgsql;
using SinHo.Reporting.Access;

namespace SinHo.Reporting.Host.Web.SignIn;

/// <summary>A page that lives on a socket sends no cookie: its session is asked about each second, so that it is dead soon after it was ended elsewhere.</summary>
public sealed class CircuitSession(ILoggerFactory log, SessionLook look) : RevalidatingServerAuthenticationStateProvider(log)
{
    protected override TimeSpan RevalidationInterval => TimeSpan.FromSeconds(1);

    protected override async Task<bool> ValidateAuthenticationStateAsync(
        AuthenticationState authenticationState, CancellationToken cancellationToken)
    {
        try
        {
            return CookieSession.Of(authenticationState.User) is { } session
                && await look.IsOpenAsync(session);
        }
        catch (NpgsqlException)
        {
            // Without the database the page shows nobody; whoever waits for it to come back need not sign in again.
            return true;
        }
    }
}

/// <summary>What somebody does on a page keeps his session open, as a request does, and what is read is read for him.</summary>
public sealed class CircuitUse(AuthenticationStateProvider state, Sessions sessions, ReaderPositions positions, TimeProvider clock) : CircuitHandler
{
    private static readonly TimeSpan BetweenWrites = TimeSpan.FromMinutes(1);

    private long? written;

    public override Func<CircuitInboundActivityContext, Task> CreateInboundActivityHandler(
        Func<CircuitInboundActivityContext, Task> next) => async context =>
    {
        if (written is null || clock.GetElapsedTime(written.Value) > BetweenWrites)
        {
            written = clock.GetTimestamp();
            await TouchAsync();
        }
        positions.Of((await state.GetAuthenticationStateAsync()).User)?.Enter();
        await next(context);
    };

    private async Task TouchAsync()
    {
        try
        {
            if (CookieSession.Of((await state.GetAuthenticationStateAsync()).User) is { } session)
                await sessions.FindOpenAsync(session, isUsed: true, CancellationToken.None);
        }
        catch (NpgsqlException)
        {
            // What was done will say itself that the database is away.
        }
    }
}
