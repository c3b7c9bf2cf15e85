using System.Buffers.Binary;
using System.Text;
using System.Text.Unicode;
using Signaling.Server.Relay;

namespace Signaling.Server.Sockets;

/// <summary>Makes frames as a server sends them: one frame a message, unmasked (RFC 6455 section 5.2).</summary>
public static class FrameEncoder
{
    private const int Final = 0x80;

    /// <summary>A whole message in one frame.</summary>
    public static Frame Encode(Opcode opcode, ReadOnlySpan<byte> payload)
    {
        var frame = Reserve(opcode, payload.Length, out var room);
        payload.CopyTo(room);
        return frame;
    }

    /// <summary>A frame whose payload the caller writes, all of it and at once.</summary>
    public static Frame Reserve(Opcode opcode, int length, out Span<byte> payload)
    {
        var header = HeaderLength(length);
        var wire = GC.AllocateUninitializedArray<byte>(header + length);
        wire[0] = (byte)(Final | (int)opcode);
        switch (header)
        {
            case 2:
                wire[1] = (byte)length;
                break;
            case 4:
                wire[1] = 126;
                BinaryPrimitives.WriteUInt16BigEndian(wire.AsSpan(2), (ushort)length);
                break;
            default:
                wire[1] = 127;
                BinaryPrimitives.WriteInt64BigEndian(wire.AsSpan(2), length);
                break;
        }
        payload = wire.AsSpan(header);
        return new Frame(wire);
    }

    /// <summary>What a frame carries.</summary>
    public static ReadOnlySpan<byte> Payload(this Frame frame)
    {
        var wire = frame.Wire.Span;
        return wire[(wire[1] switch { 126 => 4, 127 => 10, _ => 2 })..];
    }

    /// <summary>The message that a frame was made of.</summary>
    public static Message Decode(Frame frame) => new((Opcode)(frame.Wire.Span[0] & ~Final), frame.Payload());

    /// <summary>Whether bytes of unknown origin are one whole message in one frame, as this class makes them.</summary>
    public static bool IsWhole(ReadOnlySpan<byte> wire)
    {
        if (wire.Length < 2 || wire[0] is not (Final | (int)Opcode.Text or Final | (int)Opcode.Binary)) return false;
        if (!FrameHeader.TryRead(wire, out var header, out var used) || header.Masked || used + header.Length != wire.Length) return false;
        return used == HeaderLength((int)header.Length) && (header.Opcode != Opcode.Text || Utf8.IsValid(wire[used..]));
    }

    /// <summary>A Close frame that says why, if there is something to say.</summary>
    public static Frame Close(CloseReason reason)
    {
        if (reason.IsTold) return Encode(Opcode.Close, []);
        Span<byte> payload = stackalloc byte[125];
        BinaryPrimitives.WriteUInt16BigEndian(payload, reason.Code);
        var text = Encoding.UTF8.GetBytes(reason.Text, payload[2..]);
        return Encode(Opcode.Close, payload[..(2 + text)]);
    }

    private static int HeaderLength(int payload) => payload switch { < 126 => 2, <= ushort.MaxValue => 4, _ => 10 };
}
