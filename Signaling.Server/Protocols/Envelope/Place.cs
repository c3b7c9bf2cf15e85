using Signaling.Server.Relay;
using Signaling.Server.Sockets;

namespace Signaling.Server.Protocols.Envelope;

/// <summary>
/// A member of a room that has an identity: it outlives a lost connection for a while, and what it hears meanwhile waits.
/// </summary>
internal sealed class Place : Member
{
    // One broadcast is one loop of one thread, and every receiver of a kind gets the same bytes.
    [ThreadStatic]
    private static (Frame Said, Frame Dressed) t_dressed;

    private long _told;
    private long _toldBefore;
    private HashSet<long>? _introducedBefore;

    private Place(string id, string? sub, byte[] meta, EnvelopeRoom room, PlaceWire wire, Outbox outbox)
        : base(id, meta, outbox)
    {
        Room = room;
        Sub = sub;
        Meta = meta;
        Wire = wire;
        Outbox = outbox;
        Secrets = new ResumeSecrets(id);
        wire.Belongs(this);
    }

    public EnvelopeRoom Room { get; }

    /// <summary>Who it is, and the only one who can come back to it; null where there are no tokens.</summary>
    public string? Sub { get; }

    public PlaceWire Wire { get; }

    public Outbox Outbox { get; }

    /// <summary>Bytes that wait, here or in the connection's outbox.</summary>
    public override int Waiting => Wire.Waiting;

    public override void Post(Frame frame) => Wire.Post(frame);

    public override void WhenTaken(Action passed) => Wire.WhenTaken(passed);

    public ResumeSecrets Secrets { get; }

    /// <summary>Its metadata, a JSON object. Changed under the room's lock.</summary>
    public byte[] Meta { get; set; }

    /// <summary>It has come from another server, and no welcome has told its client so yet: what it missed is not known. Under the room's lock.</summary>
    public bool HasMissed { get; set; }

    /// <summary>The last welcome told of a gap, and its count begins there; whether it was read is not known. Under the room's lock.</summary>
    public bool WasToldOfGap { get; set; }

    /// <summary>What other servers are told of it. Under the room's lock.</summary>
    public byte[] Record => PlaceRecord.Of(Meta, Sub, Secrets).ToArray();

    /// <summary>This peer knows of every member whose number is not larger, and of those in <see cref="Introduced"/>.</summary>
    public long Told
    {
        get => Volatile.Read(ref _told);
        set => Volatile.Write(ref _told, value);
    }

    /// <summary>Members that this peer was told of out of turn, because they spoke to it. Under the room's lock; usually null.</summary>
    public HashSet<long>? Introduced { get; set; }

    public static Place Make(string id, string? sub, byte[] meta, EnvelopeRoom room, int outboxBytes)
    {
        var wire = new PlaceWire();
        return new Place(id, sub, meta, room, wire, new Outbox(outboxBytes, wire));
    }

    /// <summary>Whether this peer was told that the other is here. Under the room's lock.</summary>
    public bool Knows(long seq) => seq <= Told || Introduced?.Contains(seq) == true;

    /// <summary>
    /// Whether this peer has to be told when the other leaves: also when frames that a resume sent again have announced it,
    /// while its roster of now has not come to it yet. Under the room's lock.
    /// </summary>
    public bool MayKnow(long seq) => Knows(seq) || seq <= _toldBefore || _introducedBefore?.Contains(seq) == true;

    /// <summary>A welcome brings a new roster, up to this member; frames that the client has missed may come after it. Under the room's lock.</summary>
    public void Welcomed(long told)
    {
        _toldBefore = Math.Max(_toldBefore, Told);
        if (Introduced is { } some) (_introducedBefore ??= []).UnionWith(some);
        _introducedBefore?.RemoveWhere(seq => seq <= _toldBefore);
        Introduced = null;
        Told = told;
    }

    public override void Hear(Frame frame, Peer from)
    {
        if (from is Member other) HearFrom(other, frame);
        else Post(Dressed(frame, from));
    }

    /// <summary>A message of another member: nobody speaks before he was announced, or after he has left.</summary>
    public void HearFrom(Member other, Frame frame)
    {
        if (other.Seq <= Told || Room.Introduce(other, to: this)) Post(frame);
    }

    /// <summary>What waited for it while it was away has become too much.</summary>
    public void Overflowed() => Room.Leave(this, "slow");

    private static Frame Dressed(Frame frame, Peer from)
    {
        if (!t_dressed.Said.Equals(frame)) t_dressed = (frame, ServerFrames.Raw(from.Id, FrameEncoder.Decode(frame)));
        return t_dressed.Dressed;
    }
}
