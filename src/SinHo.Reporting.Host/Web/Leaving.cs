namespace SinHo.Reporting.Host.Web;

/// <summary>
/// What a page waits for ends when it is left. The token may be asked for afterwards too: a page that is left while it loads goes on until its next wait,
/// and is then cancelled, which Blazor takes for no fault.
/// </summary>
public sealed class Leaving : IDisposable
{
    private readonly CancellationTokenSource source = new();

    public Leaving() => Token = source.Token;

    public CancellationToken Token { get; }

    public void Dispose()
    {
        source.Cancel();
        source.Dispose();
    }
}
