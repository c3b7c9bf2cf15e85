using System.Net;
using System.Net.Sockets;

namespace Signaling.Soak.Lines;

/// <summary>Carries one line to the relay, and can go silent: from then on bytes are swallowed both ways, and neither end is told.</summary>
internal sealed class Tunnel
{
    // Longer than the relay needs to find out that a line is dead.
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(3);

    private volatile bool _silent;

    public Tunnel(IPEndPoint relay)
    {
        var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        EndPoint = (IPEndPoint)listener.LocalEndpoint;
        _ = CarryAsync(listener, relay);
    }

    public IPEndPoint EndPoint { get; }

    public void GoSilent() => _silent = true;

    private async Task CarryAsync(TcpListener listener, IPEndPoint relay)
    {
        try
        {
            using var client = await listener.AcceptSocketAsync();
            listener.Dispose();
            using var upstream = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            client.NoDelay = upstream.NoDelay = true;
            await upstream.ConnectAsync(relay);
            await Task.WhenAll(PumpAsync(client, upstream), PumpAsync(upstream, client)).WaitAsync(Longest);
        }
        catch (Exception gone) when (gone is SocketException or ObjectDisposedException or TimeoutException)
        {
        }
    }

    private async Task PumpAsync(Socket from, Socket to)
    {
        var buffer = new byte[8 * 1024];
        try
        {
            int read;
            while ((read = await from.ReceiveAsync(buffer)) > 0)
                for (var sent = 0; sent < read && !_silent;)
                    sent += await to.SendAsync(buffer.AsMemory(sent, read - sent));
            if (!_silent) to.Shutdown(SocketShutdown.Send);
        }
        catch (SocketException)
        {
            if (_silent) return;
            to.LingerState = new LingerOption(true, 0);
            to.Dispose();
        }
    }
}
