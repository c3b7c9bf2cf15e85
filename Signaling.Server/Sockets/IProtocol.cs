using Signaling.Server.Relay;

namespace Signaling.Server.Sockets;

/// <summary>
/// What a connection speaks; one instance for each. Plain calls, one at a time: to send is to post to a peer.
/// An exception thrown here ends this connection only.
/// </summary>
public interface IProtocol
{
    /// <summary>What has to be waited for before the first call, and is held until after it; nothing, where nothing is said here. The only call that may wait.</summary>
    ValueTask<IDisposable?> PrepareAsync() => default;

    /// <summary>
    /// First call, before the handshake is answered: what is posted here is the first that the client gets. A protocol
    /// that does not want the connection closes the peer, and the handshake is refused.
    /// </summary>
    void Opened(Peer peer);

    /// <summary>A whole message came in. Its payload is gone when the call returns.</summary>
    void Received(Peer peer, Message message);

    /// <summary>The client has answered a ping.</summary>
    void Ponged(Peer peer)
    {
    }

    /// <summary>The server will close this connection with <see cref="CloseReason.Restart"/> after so long: the time to tell the client.</summary>
    void GoingAway(Peer peer, TimeSpan after)
    {
    }

    /// <summary>It is over, or about to be. Last call.</summary>
    void Closed(Peer peer, CloseReason reason);
}
