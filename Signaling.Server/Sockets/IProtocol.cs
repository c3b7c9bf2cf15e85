using Signaling.Server.Relay;

namespace Signaling.Server.Sockets;

/// <summary>
/// What a connection speaks; one instance for each. Plain calls, one at a time: to send is to post to a peer.
/// An exception thrown here ends this connection only.
/// </summary>
public interface IProtocol
{
    /// <summary>The connection stands. First call.</summary>
    void Opened(Peer peer);

    /// <summary>A whole message came in. Its payload is gone when the call returns.</summary>
    void Received(Peer peer, Message message);

    /// <summary>It is over, or about to be. Last call.</summary>
    void Closed(Peer peer, CloseReason reason);
}
