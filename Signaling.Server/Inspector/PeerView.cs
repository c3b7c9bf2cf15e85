namespace Signaling.Server.Inspector;

/// <summary>Somebody in a room.</summary>
/// <param name="Id">The peer's id.</param>
/// <param name="Waiting">Bytes that it has not read yet.</param>
internal sealed record PeerView(string Id, int Waiting);
