using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace SinHo.Reporting.Tests.Work;

/// <summary>
/// A port that leads to a server until it falls silent, as a machine does whose network is gone: connections stay open, new ones are made, nothing
/// is ever said on them.
/// </summary>
internal sealed class Relay : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource end = new();
    private readonly UnixDomainSocketEndPoint? server;
    private readonly List<Socket> open = [];
    private volatile bool isSilent;

    /// <param name="to">The connection string of the server; null for a port that was never anything but silent.</param>
    public Relay(string? to)
    {
        isSilent = to is null;
        if (to is not null)
        {
            var named = new NpgsqlConnectionStringBuilder(to);
            server = new($"{named.Host}/.s.PGSQL.{named.Port}");
        }
        listener.Start();
        _ = AcceptAsync();
    }

    /// <summary>As a host of a connection string.</summary>
    public string Host => $"127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}";

    /// <summary>How many connections were made to it.</summary>
    public int Connections
    {
        get
        {
            lock (open)
                return open.Count;
        }
    }

    public void FallSilent() => isSilent = true;

    public async ValueTask DisposeAsync()
    {
        await end.CancelAsync();
        listener.Dispose();
        lock (open)
            open.ForEach(socket => socket.Dispose());
        end.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var socket = await listener.AcceptSocketAsync(end.Token);
                lock (open)
                    open.Add(socket);
                if (!isSilent)
                    _ = LeadAsync(socket);
            }
        }
        catch (Exception over) when (over is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task LeadAsync(Socket from)
    {
        using var to = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            await to.ConnectAsync(server!, end.Token);
            await Task.WhenAny(PumpAsync(from, to), PumpAsync(to, from));
            if (isSilent)
                await Task.Delay(Timeout.Infinite, end.Token);
            from.Dispose();
        }
        catch (Exception over) when (over is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            from.Dispose();
        }
    }

    private async Task PumpAsync(Socket from, Socket to)
    {
        var buffer = new byte[65536];
        while (await from.ReceiveAsync(buffer, end.Token) is > 0 and var read)
        {
            if (isSilent)
                await Task.Delay(Timeout.Infinite, end.Token);
            for (var sent = 0; sent < read;)
                sent += await to.SendAsync(buffer.AsMemory(sent, read - sent), end.Token);
        }
    }
}
