using Microsoft.AspNetCore.Components.Server.Circuits;

namespace SinHo.Reporting.Host.Web;

/// <summary>The socket that a page lives on. It may be lost and come back; the page stays.</summary>
public sealed class PageSocket : CircuitHandler, IDisposable
{
    private CancellationTokenSource lost = new();

    /// <summary>
    /// Cancelled as soon as the socket is lost, for what cannot go on without it. A file that a browser sends must be let go of then:
    /// Blazor waits a minute for its next piece and ends the whole page.
    /// </summary>
    public CancellationToken Lost => lost.Token;

    public override Task OnConnectionDownAsync(Circuit circuit, CancellationToken cancellationToken) => lost.CancelAsync();

    public override Task OnConnectionUpAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        if (lost.IsCancellationRequested)
        {
            lost.Dispose();
            lost = new();
        }
        return Task.CompletedTask;
    }

    public void Dispose() => lost.Dispose();
}
