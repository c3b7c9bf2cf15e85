namespace Signaling.Server.Inspector;

/// <summary>One line of the diagram, as the page's component wants it (<c>src/sequence</c> of the demo client).</summary>
/// <param name="Seq">Its number in this room's watch.</param>
/// <param name="At">Milliseconds since 1970.</param>
/// <param name="From">The id of the peer that it comes from.</param>
/// <param name="To">The id of the peer that it is for; null: all others in the room.</param>
/// <param name="Kind"><c>join</c>, <c>leave</c>, <c>offer</c>, <c>answer</c>, <c>candidate</c>, <c>bye</c>, <c>data</c>, <c>direct</c>.</param>
internal sealed record SequenceEvent(long Seq, double At, string From, string? To, string Kind)
{
    /// <summary>Of the frame on the wire.</summary>
    public int? Bytes { get; init; }

    /// <summary><c>delivered</c> to an outbox that is being read, <c>queued</c> behind others, or <c>refused</c>.</summary>
    public string? State { get; init; }

    /// <summary>Why it was refused, why it waits, or why a peer left.</summary>
    public string? Reason { get; init; }

    /// <summary>What else there is to say.</summary>
    public Dictionary<string, string>? Details { get; init; }
}
