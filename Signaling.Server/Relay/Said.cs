namespace Signaling.Server.Relay;

/// <summary>A message, as a tap is told of it. Lives as long as the call.</summary>
/// <param name="room">The name of the room in which it was said.</param>
/// <param name="from">Who said it.</param>
/// <param name="to">Who is to hear it; the sender may be among them, and is passed over.</param>
public readonly ref struct Said(string room, Peer from, ReadOnlySpan<Peer> to)
{
    /// <summary>The name of the room in which it was said.</summary>
    public string Room { get; } = room;

    /// <summary>Who said it.</summary>
    public Peer From { get; } = from;

    /// <summary>Who is to hear it; the sender may be among them, and is passed over.</summary>
    public ReadOnlySpan<Peer> To { get; } = to;

    /// <summary>It was meant for one, by its id.</summary>
    public bool Directed { get; init; }

    /// <summary>What its protocol knows it to be: <c>offer</c>, <c>answer</c>, <c>candidate</c>, <c>bye</c>; null where only a look at the content could tell.</summary>
    public string? Kind { get; init; }

    /// <summary>Why it goes nowhere: the code that its sender is told; null when it goes its way.</summary>
    public string? Refused { get; init; }

    /// <summary>As it goes on the wire; empty when it goes nowhere.</summary>
    public Frame Frame { get; init; }
}
