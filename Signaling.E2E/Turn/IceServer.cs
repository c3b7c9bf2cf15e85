namespace Signaling.E2E.Turn;

/// <summary>A TURN server as a page is told of it.</summary>
public sealed record IceServer(string[] Urls, string Username, string Credential);
