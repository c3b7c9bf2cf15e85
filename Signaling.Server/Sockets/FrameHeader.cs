using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;

namespace Signaling.Server.Sockets;

/// <summary>The first 2 to 14 bytes of a client's frame (RFC 6455 section 5.2).</summary>
internal struct FrameHeader
{
    private uint _key;

    public Opcode Opcode { get; private init; }

    public bool Final { get; private init; }

    public bool Reserved { get; private init; }

    public bool Masked { get; private init; }

    /// <summary>Bytes of payload as the client says; negative when it broke the rule that the highest bit is 0.</summary>
    public long Length { get; private init; }

    public readonly bool IsControl => Opcode >= Opcode.Close;

    public static bool TryRead(ReadOnlySpan<byte> bytes, out FrameHeader header, out int used)
    {
        header = default;
        used = 0;
        if (bytes.Length < 2) return false;
        var masked = (bytes[1] & 0x80) != 0;
        var lengthBytes = (bytes[1] & 0x7F) switch { 126 => 2, 127 => 8, _ => 0 };
        var size = 2 + lengthBytes + (masked ? 4 : 0);
        if (bytes.Length < size) return false;
        used = size;
        header = new FrameHeader
        {
            Final = (bytes[0] & 0x80) != 0,
            Reserved = (bytes[0] & 0x70) != 0,
            Opcode = (Opcode)(bytes[0] & 0x0F),
            Masked = masked,
            Length = lengthBytes switch
            {
                2 => BinaryPrimitives.ReadUInt16BigEndian(bytes[2..]),
                8 => BinaryPrimitives.ReadInt64BigEndian(bytes[2..]),
                _ => bytes[1] & 0x7F,
            },
            _key = masked ? MemoryMarshal.Read<uint>(bytes[(2 + lengthBytes)..]) : 0,
        };
        return true;
    }

    /// <summary>Unmasks the next part of the payload in place (RFC 6455 section 5.3).</summary>
    public void Unmask(Span<byte> part)
    {
        var words = MemoryMarshal.Cast<byte, Vector<byte>>(part);
        var key = Vector.AsVectorByte(new Vector<uint>(_key));
        foreach (ref var word in words) word ^= key;

        var tail = part[(words.Length * Vector<byte>.Count)..];
        for (var i = 0; i < tail.Length; i++) tail[i] ^= KeyByte(i);

        // The next part goes on in the middle of the key.
        var turn = tail.Length % 4 * 8;
        _key = BitConverter.IsLittleEndian ? BitOperations.RotateRight(_key, turn) : BitOperations.RotateLeft(_key, turn);
    }

    private readonly byte KeyByte(int i) =>
        (byte)(_key >> (8 * (BitConverter.IsLittleEndian ? i & 3 : 3 - (i & 3))));
}
