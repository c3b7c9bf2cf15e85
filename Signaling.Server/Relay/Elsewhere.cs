namespace Signaling.Server.Relay;

/// <summary>A member of a topic that is on another server.</summary>
/// <param name="Id">Its id.</param>
/// <param name="About">What its protocol keeps about it. From another server: look before you believe.</param>
/// <param name="Server">The server; of this process's choice, for comparing.</param>
public sealed record Elsewhere(string Id, ReadOnlyMemory<byte> About, object Server);
