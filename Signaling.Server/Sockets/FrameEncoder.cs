using System.Buffers.Binary;
using System.Text;
using Signaling.Server.Relay;

namespace Signaling.Server.Sockets;

/// <summary>Makes frames as a server sends them: one frame a message, unmasked (RFC 6455 section 5.2).</summary>
public static class FrameEncoder
{
    /// <summary>A whole message in one frame.</summary>
    public static Frame Encode(Opcode opcode, ReadOnlySpan<byte> payload)
    {
        var header = payload.Length switch { < 126 => 2, <= ushort.MaxValue => 4, _ => 10 };
        var wire = GC.AllocateUninitializedArray<byte>(header + payload.Length);
        wire[0] = (byte)(0x80 | (int)opcode);
        switch (header)
        {
            case 2:
                wire[1] = (byte)payload.Length;
                break;
            case 4:
                wire[1] = 126;
                BinaryPrimitives.WriteUInt16BigEndian(wire.AsSpan(2), (ushort)payload.Length);
                break;
            default:
                wire[1] = 127;
                BinaryPrimitives.WriteInt64BigEndian(wire.AsSpan(2), payload.Length);
                break;
        }
        payload.CopyTo(wire.AsSpan(header));
        return new Frame(wire);
    }

    /// <summary>A Close frame that says why.</summary>
    public static Frame Close(CloseReason reason)
    {
        Span<byte> payload = stackalloc byte[125];
        BinaryPrimitives.WriteUInt16BigEndian(payload, reason.Code);
        var text = Encoding.UTF8.GetBytes(reason.Text, payload[2..]);
        return Encode(Opcode.Close, payload[..(2 + text)]);
    }
}
