namespace Signaling.Server.Protocols.Envelope;

/// <summary>A place as one connection got it.</summary>
/// <param name="Place">The place.</param>
/// <param name="Secret">The secret in the welcome of this connection.</param>
internal sealed record Seat(Place Place, string Secret);
