using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;

namespace Signaling.Server.Sockets.Wire.Epoll;

/// <summary>Kestrel's way to the network: a transport whose connections can be taken over, and cost less where they are not.</summary>
internal sealed class EpollTransport(Loops loops, WireChoice choice, ILogger<EpollTransport> log) : IConnectionListenerFactory, IConnectionListenerFactorySelector
{
    private const int Backlog = 512;

    public bool CanBind(EndPoint endpoint) => choice.HasTransport && endpoint is IPEndPoint or UnixDomainSocketEndPoint;

    public ValueTask<IConnectionListener> BindAsync(EndPoint endpoint, CancellationToken cancellationToken = default)
    {
        var socket = SocketTransportOptions.CreateDefaultBoundListenSocket(endpoint);
        try
        {
            socket.Listen(Backlog);
            socket.Blocking = false;
            return new(new EpollListener(socket, loops, log));
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
