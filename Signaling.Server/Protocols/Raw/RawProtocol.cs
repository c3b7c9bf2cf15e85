using Signaling.Server.Relay;
using Signaling.Server.Sockets;

namespace Signaling.Server.Protocols.Raw;

/// <summary>The seed: every message goes to all others in the room, verbatim; the server says nothing of its own.</summary>
public sealed class RawProtocol(Rooms rooms, string name, MessageRate rate) : IProtocol
{
    private Room? _room;

    /// <inheritdoc/>
    public ValueTask<IDisposable?> PrepareAsync() => rooms.HoldAsync(name);

    /// <inheritdoc/>
    public void Opened(Peer peer)
    {
        if (rooms.Join(name, peer, out _room) is { } refused) peer.Close(refused);
    }

    /// <inheritdoc/>
    public void Received(Peer peer, Message message)
    {
        // There are no error frames here: who talks too fast can only be closed.
        if (rate.Take(_room!.Count - 1)) _room.Broadcast(message.ToFrame(), from: peer);
        else peer.Close(CloseReason.TooManyMessages);
    }

    /// <inheritdoc/>
    public void Closed(Peer peer, CloseReason reason)
    {
        if (_room is not null) rooms.Leave(_room, peer);
    }
}
