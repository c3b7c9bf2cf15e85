using System.Collections.Concurrent;
using Signaling.Server.Relay;

namespace Signaling.Server.Protocols.Envelope;

/// <summary>The rooms that somebody with an identity is in.</summary>
internal sealed class EnvelopeRooms(Rooms rooms, RelayTelemetry telemetry, EnvelopeTerms terms) : ITopicKind
{
    private readonly ConcurrentDictionary<string, EnvelopeRoom> _rooms = new(StringComparer.Ordinal);

    /// <summary>Gives a client its place: the one that it had, when it shows a good secret, else a new one.</summary>
    /// <param name="name">The room.</param>
    /// <param name="line">The connection.</param>
    /// <param name="sub">Who it is; null where there are no tokens.</param>
    /// <param name="wish">What it asked for.</param>
    public Seat Enter(string name, Peer line, string? sub, EntryWish wish)
    {
        if (wish.Secret is { } secret && _rooms.TryGetValue(name, out var known) && known.Resume(line, sub, secret, wish.Got) is { } seat)
            return seat;
        while (true)
        {
            var room = _rooms.GetOrAdd(name, static (name, self) => new EnvelopeRoom(name, self, elsewhere: null), this);
            if (room.Enter(line, sub, wish.Meta) is { } fresh) return fresh;
            Forget(room);
        }
    }

    /// <summary>Hears the other servers before a client gets its place, and fetches the place from one of them if it is there.</summary>
    public async ValueTask<IDisposable?> PrepareAsync(string name, string? sub, EntryWish wish)
    {
        var held = await rooms.HoldAsync(name);
        if (held is not null && wish.Secret is { } secret && _rooms.TryGetValue(name, out var room)) await room.AdoptAsync(sub, secret);
        return held;
    }

    // Rooms of URLs have no colon in their names, those of dialects have.
    public ITopicListener? Listen(string name, ITopic topic)
    {
        if (name.Contains(':', StringComparison.Ordinal)) return null;
        var room = new EnvelopeRoom(name, this, topic);
        _rooms[name] = room;
        return new Abroad(room, rooms);
    }

    public Rooms Rooms => rooms;

    public RelayTelemetry Telemetry => telemetry;

    public EnvelopeTerms Terms => terms;

    public void Forget(EnvelopeRoom room) => _rooms.TryRemove(KeyValuePair.Create(room.Name, room));
}
