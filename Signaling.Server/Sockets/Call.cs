using Signaling.Server.Access;

namespace Signaling.Server.Sockets;

/// <summary>What a client asks for, once the endpoint has understood it.</summary>
/// <param name="Protocol">What will be spoken, for metrics, logs and traces.</param>
/// <param name="Room">Where, for the same.</param>
/// <param name="Create">Makes the protocol of this connection, which is told how fast its client may talk, and what it may do.</param>
/// <param name="Subprotocol">What to answer in <c>Sec-WebSocket-Protocol</c>; null: nothing.</param>
/// <param name="Key">Connections of the same key mostly talk to each other; null: nothing is known of that.</param>
internal sealed record Call(string Protocol, string Room, Func<MessageRate, Pass, IProtocol> Create, string? Subprotocol = null, string? Key = null);
