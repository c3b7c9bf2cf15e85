namespace Signaling.E2E.Turn;

/// <summary>What <c>GET /ice</c> answers.</summary>
public sealed record IceAnswer(IceServer[] IceServers, int Ttl);
