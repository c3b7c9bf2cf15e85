using Signaling.Server.Relay;
using Signaling.Server.Sockets;

namespace Signaling.Server.Protocols.Raw;

/// <summary>Raw mode for a client whose token does not allow it to speak: it hears, and is closed when it says something.</summary>
internal sealed class SilentProtocol(RawProtocol raw) : IProtocol
{
    public ValueTask<IDisposable?> PrepareAsync() => raw.PrepareAsync();

    public void Opened(Peer peer) => raw.Opened(peer);

    // There are no error frames here.
    public void Received(Peer peer, Message message) => peer.Close(CloseReason.Forbidden);

    public void Closed(Peer peer, CloseReason reason) => raw.Closed(peer, reason);
}
