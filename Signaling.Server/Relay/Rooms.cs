using System.Collections.Concurrent;

namespace Signaling.Server.Relay;

/// <summary>The rooms that somebody is in. A room begins with its first peer and ends with its last.</summary>
public sealed class Rooms
{
    private readonly ConcurrentDictionary<string, Room> _rooms = new(StringComparer.Ordinal);
    private readonly Lock _opening = new();
    private readonly RoomLimits _limits;
    private readonly RelayTelemetry _telemetry;
    private readonly IBackplane? _backplane;
    private int _count;

    /// <summary>No rooms yet; how many there are can be watched. With a backplane they reach over several servers.</summary>
    public Rooms(RoomLimits limits, RelayTelemetry telemetry, IBackplane? backplane = null)
    {
        _limits = limits;
        _telemetry = telemetry;
        _backplane = backplane;
        telemetry.WatchRooms(() => Count);
    }

    /// <summary>How many rooms there are now.</summary>
    public int Count => Volatile.Read(ref _count);

    /// <summary>The rooms of this moment, in no order; they may come and go meanwhile.</summary>
    public IEnumerable<Room> All => _rooms.Select(one => one.Value);

    /// <summary>The room of that name, if somebody is in it.</summary>
    public Room? Find(string name) => _rooms.GetValueOrDefault(name);

    /// <summary>
    /// Has a room hear the other servers before somebody joins it, so that he misses nothing; until what is returned is
    /// disposed. Null where there are no other servers.
    /// </summary>
    public async ValueTask<IDisposable?> HoldAsync(string name)
    {
        if (_backplane?.Open(name) is not { } topic) return null;
        await topic.Ready;
        return topic;
    }

    /// <summary>Lets a peer into the room of that name, which is opened when there is none. Null, or why there is no place.</summary>
    public CloseReason? Join(string name, Peer peer, out Room? room)
    {
        while ((room = FindOrOpen(name)) is { } found)
        {
            var entry = found.TryJoin(peer);
            if (entry == Entry.Joined)
            {
                _telemetry.Tap?.Joined(name, peer);
                return null;
            }
            if (entry == Entry.Full)
            {
                room = null;
                return CloseReason.RoomFull;
            }
            Forget(found);
        }
        return CloseReason.TooManyRooms;
    }

    /// <summary>Takes a peer out of a room.</summary>
    /// <param name="room">The room.</param>
    /// <param name="peer">The peer.</param>
    /// <param name="reason">For those who watch; null: why its connection has ended.</param>
    public void Leave(Room room, Peer peer, string? reason = null)
    {
        _telemetry.Tap?.Left(room.Name, peer, reason ?? (peer.Ending ?? CloseReason.Lost).Name);
        if (room.Leave(peer)) Forget(room);
    }

    // Null when there are as many as there may be. Counted under a lock: the dictionary's own count takes all of its locks.
    private Room? FindOrOpen(string name)
    {
        if (_rooms.TryGetValue(name, out var room)) return room;
        lock (_opening)
        {
            if (_rooms.TryGetValue(name, out room)) return room;
            if (_limits.Rooms > 0 && _count >= _limits.Rooms) return null;
            _count++;
            return _rooms[name] = new Room(name, _limits.Peers, _telemetry) { Elsewhere = _backplane?.Open(name) };
        }
    }

    // Exactly this room: a new one of the same name may have begun.
    private void Forget(Room room)
    {
        lock (_opening)
        {
            if (!_rooms.TryRemove(KeyValuePair.Create(room.Name, room))) return;
            _count--;
        }
        room.Elsewhere?.Dispose();
    }
}
