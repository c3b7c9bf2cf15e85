using Signaling.Server.Relay;

namespace Signaling.Server.Protocols.Envelope;

/// <summary>A member whose place is on another server.</summary>
internal sealed class RemoteMember(string id, PlaceRecord record, Elsewhere known) : Member(id, record.Meta, StandIn.Nowhere)
{
    /// <summary>What its server tells about it.</summary>
    public PlaceRecord Record { get; } = record;

    /// <summary>The same, as the topic knows it.</summary>
    public Elsewhere Known { get; } = known;
}
