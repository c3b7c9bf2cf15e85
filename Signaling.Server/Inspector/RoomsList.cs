using Signaling.Server.Access;
using Signaling.Server.Relay;

namespace Signaling.Server.Inspector;

/// <summary>The rooms of this moment, as far as a page can show them.</summary>
internal sealed class RoomsList(Rooms rooms, Watches watches)
{
    private const int MaxShown = 500;

    /// <summary>Looks.</summary>
    /// <param name="part">Only rooms whose name has this in it; empty: all.</param>
    /// <param name="grant">Only rooms that this allows.</param>
    public RoomsView Look(string part, Grant grant) => new(rooms.Count,
    [
        .. rooms.All
            .Where(room => room.Count > 0 && room.Name.Contains(part, StringComparison.OrdinalIgnoreCase) && grant.MayEnter(room.Name))
            .Take(MaxShown)
            .Select(room => new RoomView(room.Name, room.Count, watches.Has(room.Name)))
            .OrderBy(room => room.Name, StringComparer.Ordinal),
    ]);
}
