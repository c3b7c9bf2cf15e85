using Signaling.Server.Relay;
using Signaling.Server.Sockets;

namespace Signaling.Server.Protocols.Envelope;

/// <summary>Somebody in a room who has an identity: on this server a <see cref="Place"/>, on another one a <see cref="RemoteMember"/>.</summary>
internal abstract class Member : Peer
{
    // One broadcast is one loop of one thread, and every receiver of a kind gets the same bytes.
    [ThreadStatic]
    private static (Frame Said, Frame Plain) t_plain;

    private readonly int _head;

    protected Member(string id, ReadOnlySpan<byte> meta, Outbox outbox)
        : base(id, outbox)
    {
        _head = ServerFrames.Broadcast(id, []).Payload().Length - 1;
        Entry = ServerFrames.Entry(id, meta);
    }

    /// <summary>As the roster shows it. Changed under the room's lock.</summary>
    public byte[] Entry { get; set; }

    /// <summary>Its number in the order of joining. Set under the room's lock.</summary>
    public long Seq { get; set; }

    /// <summary>For raw members: of a broadcast, the bytes of its data.</summary>
    public override Frame Plain(Frame frame)
    {
        if (!t_plain.Said.Equals(frame)) t_plain = (frame, FrameEncoder.Encode(Opcode.Text, frame.Payload()[_head..^1]));
        return t_plain.Plain;
    }

    /// <summary>Whether a frame has the form of what this member says to all.</summary>
    public bool MaySay(Frame frame)
    {
        var payload = frame.Payload();
        return payload.Length > _head + 1 && ServerFrames.Broadcast(Id, []).Payload()[..^1].SequenceEqual(payload[.._head]) && payload[^1] == (byte)'}';
    }
}
