using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace SinHo.Reporting.Tests.Browser;

/// <summary>A way to a site that can be slow, and be cut and mended: what a browser opens in place of the site's own address.</summary>
internal sealed class Wire : IAsyncDisposable
{
    private readonly TcpListener entrance = new(IPAddress.Loopback, 0);
    private readonly ConcurrentBag<Socket> open = [];
    private readonly CancellationTokenSource over = new();
    private readonly Uri site;
    private readonly Task accepting;
    private volatile bool isCut;

    public Wire(Uri site)
    {
        this.site = site;
        entrance.Start();
        accepting = AcceptAsync();
    }

    public Uri Address => new($"http://{entrance.LocalEndpoint}");

    /// <summary>Of what the browser sends.</summary>
    public int BytesPerSecond { get; set; } = int.MaxValue;

    /// <summary>Nothing passes any more, and no new connection is made.</summary>
    public void Cut()
    {
        isCut = true;
        while (open.TryTake(out var socket))
            socket.Dispose();
    }

    public void Mend() => isCut = false;

    public async ValueTask DisposeAsync()
    {
        await over.CancelAsync();
        Cut();
        entrance.Stop();
        await accepting;
        over.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
                _ = PassAsync(await entrance.AcceptSocketAsync(over.Token));
        }
        catch (OperationCanceledException)
        {
            // The test is over.
        }
    }

    private async Task PassAsync(Socket browser)
    {
        using var server = new Socket(SocketType.Stream, ProtocolType.Tcp);
        using var here = browser;
        open.Add(browser);
        open.Add(server);
        try
        {
            if (isCut)
                return;
            await server.ConnectAsync(site.Host, site.Port, over.Token);
            await Task.WhenAny(CopyAsync(browser, server, () => BytesPerSecond), CopyAsync(server, browser, () => int.MaxValue));
        }
        catch (SocketException)
        {
            // The site is gone: so is the connection.
        }
    }

    private static async Task CopyAsync(Socket from, Socket to, Func<int> bytesPerSecond)
    {
        var buffer = new byte[16 << 10];
        try
        {
            int read;
            while ((read = await from.ReceiveAsync(buffer)) > 0)
            {
                await to.SendAsync(buffer.AsMemory(0, read));
                var wait = TimeSpan.FromSeconds((double)read / bytesPerSecond());
                if (wait > TimeSpan.FromMilliseconds(1))
                    await Task.Delay(wait);
            }
        }
        catch (Exception cut) when (cut is SocketException or ObjectDisposedException)
        {
            // That is what it is for.
        }
    }
}
