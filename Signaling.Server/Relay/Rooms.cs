using System.Collections.Concurrent;

namespace Signaling.Server.Relay;

/// <summary>The rooms that somebody is in. A room begins with its first peer and ends with its last.</summary>
public sealed class Rooms
{
    private readonly ConcurrentDictionary<string, Room> _rooms = new(StringComparer.Ordinal);
    private readonly Lock _opening = new();
    private readonly RoomLimits _limits;
    private readonly RelayTelemetry _telemetry;
    private int _count;

    /// <summary>No rooms yet; how many there are can be watched.</summary>
    public Rooms(RoomLimits limits, RelayTelemetry telemetry)
    {
        _limits = limits;
        _telemetry = telemetry;
        telemetry.WatchRooms(() => Count);
    }

    /// <summary>How many rooms there are now.</summary>
    public int Count => Volatile.Read(ref _count);

    /// <summary>Lets a peer into the room of that name, which is opened when there is none. Null, or why there is no place.</summary>
    public CloseReason? Join(string name, Peer peer, out Room? room)
    {
        while ((room = FindOrOpen(name)) is { } found)
        {
            var entry = found.TryJoin(peer);
            if (entry == Entry.Joined) return null;
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
    public void Leave(Room room, Peer peer)
    {
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
            return _rooms[name] = new Room(name, _limits.Peers, _telemetry);
        }
    }

    // Exactly this room: a new one of the same name may have begun.
    private void Forget(Room room)
    {
        lock (_opening)
        {
            if (_rooms.TryRemove(KeyValuePair.Create(room.Name, room))) _count--;
        }
    }
}
