namespace Signaling.Server.Inspector;

/// <summary>The rooms of this moment.</summary>
/// <param name="Total">How many there are; the list may have fewer.</param>
/// <param name="Rooms">The rooms, by name.</param>
internal sealed record RoomsView(int Total, IReadOnlyList<RoomView> Rooms);
