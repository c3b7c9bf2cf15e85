using Signaling.Server.Relay;
using Signaling.Server.Sockets;

namespace Signaling.Server.Tests.Harness;

/// <summary>A protocol that does nothing: for tests that look at sessions.</summary>
internal sealed class NoProtocol : IProtocol
{
    public void Opened(Peer peer)
    {
    }

    public void Received(Peer peer, Message message)
    {
    }

    public void Closed(Peer peer, CloseReason reason)
    {
    }
}
