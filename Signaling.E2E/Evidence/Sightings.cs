namespace Signaling.E2E.Evidence;

/// <summary>
/// One handshake as it was seen in three places: by two browsers, the first of which was in the room when the second came;
/// by a silent third member; and by the relay's own counters.
/// </summary>
public sealed record Sightings(Account First, Account Second, IReadOnlyList<Message> Witness, RelayCount? Relay)
{
    /// <summary>What is missing for a handshake through the relay, and where the three do not agree.</summary>
    public IEnumerable<string> Contradictions() =>
        [.. Missing(), .. Differences(), .. First.Contradictions(), .. Second.Contradictions()];

    private IEnumerable<string> Missing()
    {
        foreach (var side in (Account[])[First, Second])
            if (!side.Got("candidate")) yield return $"{side.Name} got no candidate";

        var (offered, answered) = First.Got("offer") ? (First, Second) : (Second, First);
        if (!offered.Got("offer")) yield return "nobody got an offer";
        if (!answered.Got("answer")) yield return $"{answered.Name} got no answer";
    }

    private IEnumerable<string> Differences()
    {
        foreach (var side in (Account[])[First, Second])
            if (!Witness.Where(message => message.From == side.Id).SequenceEqual(side.Sent))
                yield return $"the witness did not hear exactly what {side.Name} sent: {Kinds(side.Sent)}; it heard: {Kinds(Witness)}";

        // Who comes second misses what was said before, and nothing after.
        if (!First.Received.SequenceEqual(Second.Sent)) yield return $"{First.Name} did not get exactly what {Second.Name} sent";
        if (!First.Sent.TakeLast(Second.Received.Count).SequenceEqual(Second.Received)) yield return $"{Second.Name} did not get exactly what {First.Name} sent";

        var sent = First.Sent.Count + Second.Sent.Count;
        if (Witness.Count != sent) yield return $"the browsers sent {sent} messages, the witness heard {Witness.Count}";
        if (Relay is null) yield break;

        if (Relay.Received != sent) yield return $"the browsers sent {sent} messages, the relay counted {Relay.Received} received";

        // Each message goes to all who are in the room with its sender: the witness always, the other browser once it is there.
        var delivered = sent + First.Received.Count + Second.Received.Count;
        if (Relay.Delivered != delivered) yield return $"{delivered} messages arrived, the relay counted {Relay.Delivered} delivered";
    }

    private static string Kinds(IEnumerable<Message> messages) => string.Join(" ", messages.Select(message => message.Kind));
}
