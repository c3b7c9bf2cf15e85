using System.Buffers.Binary;

namespace Signaling.Bench.Load;

/// <summary>A text message as a client sends it, masked beforehand: only the stamp is written for each sending.</summary>
internal sealed class MaskedMessage
{
    private static readonly byte[] Mask = [0x37, 0xfa, 0x21, 0x3d];

    private readonly byte[] _frame;
    private readonly int _payload;
    private readonly int _stamp;

    /// <param name="bytes">Of the payload.</param>
    /// <param name="envelope">In the relay's envelope, for all others of the room.</param>
    public MaskedMessage(int bytes, bool envelope = false)
    {
        var (head, tail) = envelope ? ("{\"data\":{\"candidate\":\"@", "\"}}") : ("{\"candidate\":\"@", "\"}");
        _payload = 4 + bytes switch { < 126 => 2, <= ushort.MaxValue => 4, _ => 10 };
        _stamp = _payload + head.Length;
        _frame = new byte[_payload + bytes];
        var payload = _frame.AsSpan(_payload);
        payload.Fill((byte)'x');
        for (var i = 0; i < head.Length; i++) payload[i] = (byte)head[i];
        for (var i = 0; i < tail.Length; i++) payload[^(tail.Length - i)] = (byte)tail[i];
        _frame[0] = 0x81;
        _frame[1] = (byte)(0x80 | _payload switch { 6 => bytes, 8 => 126, _ => 127 });
        if (_payload == 8) BinaryPrimitives.WriteUInt16BigEndian(_frame.AsSpan(2), (ushort)bytes);
        if (_payload == 14) BinaryPrimitives.WriteUInt64BigEndian(_frame.AsSpan(2), (ulong)bytes);
        Mask.CopyTo(_frame, _payload - 4);
        Cover(payload, 0);
    }

    /// <summary>The bytes to send. They are written anew by the next call.</summary>
    public ReadOnlySpan<byte> With(Stamp stamp)
    {
        var target = _frame.AsSpan(_stamp, Stamp.Length);
        stamp.Write(target);
        Cover(target, _stamp - _payload);
        return _frame;
    }

    /// <summary>A control frame of a client.</summary>
    public static byte[] Control(byte opcode, ReadOnlySpan<byte> payload)
    {
        byte[] frame = [(byte)(0x80 | opcode), (byte)(0x80 | payload.Length), .. Mask, .. payload];
        Cover(frame.AsSpan(6), 0);
        return frame;
    }

    private static void Cover(Span<byte> bytes, int position)
    {
        for (var i = 0; i < bytes.Length; i++) bytes[i] ^= Mask[(position + i) & 3];
    }
}
