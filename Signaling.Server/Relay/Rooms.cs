using System.Collections.Concurrent;

namespace Signaling.Server.Relay;

/// <summary>The rooms that somebody is in. A room begins with its first peer and ends with its last.</summary>
public sealed class Rooms
{
    private readonly ConcurrentDictionary<string, Room> _rooms = new(StringComparer.Ordinal);
    private readonly RelayTelemetry _telemetry;

    /// <summary>No rooms yet; how many there are can be watched.</summary>
    public Rooms(RelayTelemetry telemetry)
    {
        _telemetry = telemetry;
        telemetry.WatchRooms(() => Count);
    }

    /// <summary>How many rooms there are now.</summary>
    public int Count => _rooms.Count;

    /// <summary>Lets a peer into the room of that name, which is opened when there is none.</summary>
    public Room Join(string name, Peer peer)
    {
        while (true)
        {
            var room = _rooms.GetOrAdd(name, static (name, telemetry) => new Room(name, telemetry), _telemetry);
            if (room.TryJoin(peer)) return room;
            Forget(room);
        }
    }

    /// <summary>Takes a peer out of a room.</summary>
    public void Leave(Room room, Peer peer)
    {
        if (room.Leave(peer)) Forget(room);
    }

    // Exactly this room: a new one of the same name may have begun.
    private void Forget(Room room) => _rooms.TryRemove(KeyValuePair.Create(room.Name, room));
}
