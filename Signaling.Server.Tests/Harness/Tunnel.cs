using System.Net;
using System.Net.Sockets;

namespace Signaling.Server.Tests.Harness;

/// <summary>A line to the server that can go silent: bytes are swallowed both ways, and neither end is told.</summary>
internal sealed class Tunnel : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new();
    private readonly Task _carrying;
    private volatile bool _swallow;

    public Tunnel(IPEndPoint server)
    {
        _listener.Start();
        _carrying = CarryAsync(server);
    }

    public IPEndPoint EndPoint => (IPEndPoint)_listener.LocalEndpoint;

    /// <summary>From here on nothing arrives any more.</summary>
    public void Swallow() => _swallow = true;

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        _listener.Stop();
        await _carrying;
        _end.Dispose();
    }

    private async Task CarryAsync(IPEndPoint server)
    {
        try
        {
            using var client = await _listener.AcceptTcpClientAsync(_end.Token);
            using var upstream = new TcpClient();
            await upstream.ConnectAsync(server, _end.Token);
            await Task.WhenAll(PumpAsync(client.GetStream(), upstream.GetStream()), PumpAsync(upstream.GetStream(), client.GetStream()));
        }
        catch (Exception gone) when (gone is OperationCanceledException or IOException or SocketException)
        {
        }
    }

    private async Task PumpAsync(NetworkStream from, NetworkStream to)
    {
        var buffer = new byte[16 * 1024];
        int read;
        while ((read = await from.ReadAsync(buffer, _end.Token)) > 0)
            if (!_swallow) await to.WriteAsync(buffer.AsMemory(0, read), _end.Token);
    }
}
