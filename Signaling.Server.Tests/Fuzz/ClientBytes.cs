using System.Buffers.Binary;
using CsCheck;
using Signaling.Server.Sockets;

namespace Signaling.Server.Tests.Fuzz;

/// <summary>What clients send, as they should and as they should not, and in which pieces it arrives.</summary>
internal static class ClientBytes
{
    private static readonly Gen<int> Length = Gen.Frequency((6, Gen.Int[0, 40]), (3, Gen.Int[120, 130]), (1, Gen.Int[300, 1200]), (1, Gen.Int[65_530, 65_540]));

    public static readonly Gen<byte[]> Anything = Gen.Byte.Array[0, 300];

    // ASCII, so that a text cut anywhere is still UTF-8.
    private static readonly Gen<byte[]> Payload = Gen.Select(Length, Gen.Int[0, 94], Filled);

    /// <summary>A message, and in how many fragments it comes.</summary>
    public static readonly Gen<Sent> Message = Gen.Select(Gen.OneOf(Opcode.Text, Opcode.Binary), Payload, Gen.Int[1, 4], Gen.UInt, Gen.Bool,
        (opcode, payload, fragments, key, pings) => new Sent(opcode, payload, fragments, key, pings));

    public static readonly Gen<Sent[]> Conversation = Message.Array[0, 5];

    /// <summary>Where the bytes are cut: the sizes of the pieces, over and over.</summary>
    public static readonly Gen<int[]> Cuts = Gen.Frequency((1, Gen.Const(new[] { 1 })), (4, Gen.Frequency((3, Gen.Int[1, 20]), (1, Gen.Int[1, 20_000])).Array[1, 6]));

    /// <summary>Changes at some places: a byte that is other than it was, one that is missing, one too many.</summary>
    public static readonly Gen<(int Kind, double At, byte Value)[]> Damage =
        Gen.Select(Gen.Int[0, 2], Gen.Double[0, 1], Gen.Byte, (kind, at, value) => (kind, at, value)).Array[1, 4];

    /// <summary>All of it: frames that are right, that were right, and no frames at all.</summary>
    public static readonly Gen<byte[]> Stream = Gen.Frequency(
        (1, Anything),
        (1, Conversation.Select(Encode)),
        (4, Gen.Select(Conversation, Damage, (said, damage) => Damaged(Encode(said), damage))));

    /// <summary>Printable ASCII in which a piece that is missing, or one too many, shows.</summary>
    public static byte[] Filled(int length, int start)
    {
        var bytes = new byte[length];
        for (var i = 0; i < length; i++) bytes[i] = (byte)(0x20 + (start + i + i / 95) % 95);
        return bytes;
    }

    public static byte[] Encode(Sent[] said)
    {
        var bytes = new List<byte>();
        foreach (var one in said) one.EncodeInto(bytes);
        return [.. bytes];
    }

    public static byte[] Damaged(byte[] bytes, (int Kind, double At, byte Value)[] damage)
    {
        var list = bytes.ToList();
        foreach (var (kind, where, value) in damage)
        {
            if (list.Count == 0) break;
            // Headers are what is interesting, and most stand near the beginning.
            var at = (int)(where * where * (list.Count - 1));
            if (kind == 0) list[at] = value;
            else if (kind == 1) list.RemoveAt(at);
            else list.Insert(at, value);
        }
        return [.. list];
    }

    public static IEnumerable<byte[]> Cut(byte[] bytes, int[] sizes)
    {
        for (int from = 0, i = 0; from < bytes.Length; i++)
        {
            var size = Math.Min(sizes[i % sizes.Length], bytes.Length - from);
            yield return bytes[from..(from + size)];
            from += size;
        }
    }

    public static byte[] Frame(Opcode opcode, ReadOnlySpan<byte> payload, bool final, uint key)
    {
        var header = payload.Length switch { < 126 => 2, <= ushort.MaxValue => 4, _ => 10 };
        var frame = new byte[header + 4 + payload.Length];
        frame[0] = (byte)((final ? 0x80 : 0) | (int)opcode);
        frame[1] = (byte)(0x80 | header switch { 2 => payload.Length, 4 => 126, _ => 127 });
        if (header == 4) BinaryPrimitives.WriteUInt16BigEndian(frame.AsSpan(2), (ushort)payload.Length);
        if (header == 10) BinaryPrimitives.WriteInt64BigEndian(frame.AsSpan(2), payload.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(frame.AsSpan(header), key);
        for (var i = 0; i < payload.Length; i++) frame[header + 4 + i] = (byte)(payload[i] ^ frame[header + i % 4]);
        return frame;
    }
}
