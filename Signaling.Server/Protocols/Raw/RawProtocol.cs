using Signaling.Server.Relay;
using Signaling.Server.Sockets;

namespace Signaling.Server.Protocols.Raw;

/// <summary>The seed: every message goes to all others in the room, verbatim; the server says nothing of its own.</summary>
public sealed class RawProtocol(Rooms rooms, string name) : IProtocol
{
    private Room? _room;

    /// <inheritdoc/>
    public void Opened(Peer peer) => _room = rooms.Join(name, peer);

    /// <inheritdoc/>
    public void Received(Peer peer, Message message) => _room!.Broadcast(message.ToFrame(), from: peer);

    /// <inheritdoc/>
    public void Closed(Peer peer, CloseReason reason) => rooms.Leave(_room!, peer);
}
