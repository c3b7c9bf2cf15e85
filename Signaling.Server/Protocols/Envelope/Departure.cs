namespace Signaling.Server.Protocols.Envelope;

/// <summary>A peer has left, and not everybody was told yet.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Reason">As in a <c>leave</c>.</param>
/// <param name="Seq">When it had joined.</param>
/// <param name="At">When it left: who joined later need not be told.</param>
internal sealed record Departure(string Id, string Reason, long Seq, long At);
