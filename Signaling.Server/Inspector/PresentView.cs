namespace Signaling.Server.Inspector;

/// <summary>Who is in a room now.</summary>
/// <param name="Name">The room.</param>
/// <param name="Peers">Its peers, in the order of joining.</param>
/// <param name="ShowsPayloads">Whether messages are shown too.</param>
internal sealed record PresentView(string Name, IReadOnlyList<PeerView> Peers, bool ShowsPayloads);
