using Signaling.Server.Access;

namespace Signaling.Server.Sockets;

/// <summary>A client that was let in, as its protocol sees it.</summary>
/// <param name="Room">The room that it asked for; empty for the lobby.</param>
/// <param name="Query">What stood behind the <c>?</c> of its URL.</param>
/// <param name="Rate">How fast it may talk.</param>
/// <param name="Pass">What it may do.</param>
public sealed record Admitted(string Room, IQueryCollection Query, MessageRate Rate, Pass Pass);
