namespace Signaling.Server.Sockets;

/// <summary>A protocol that the clients of a room can choose: by its name in <c>Sec-WebSocket-Protocol</c>, or by <c>?v=</c>.</summary>
/// <param name="Name">The name as registered by clients, for example <c>signaling.raw</c>.</param>
/// <param name="Version">The value of <c>?v=</c> that asks for it; null for the one that is spoken when nothing is asked for.</param>
/// <param name="Create">Makes the protocol of one connection.</param>
/// <param name="Check">What is wrong with the query of a URL, for the developer of the client; null when nothing is.</param>
public sealed record Subprotocol(string Name, string? Version, Func<Admitted, IProtocol> Create, Func<IQueryCollection, string?>? Check = null);
