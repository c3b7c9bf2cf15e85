namespace Signaling.Server.Inspector;

/// <summary>A room as the list shows it.</summary>
/// <param name="Name">Its name; the lobby's is empty.</param>
/// <param name="Peers">How many are in it.</param>
/// <param name="Watched">Somebody looks at it.</param>
internal sealed record RoomView(string Name, int Peers, bool Watched);
