using System.Runtime.InteropServices;

namespace Signaling.Bench.Load;

/// <summary>Who sent a message, and its number among those of its sender: 16 letters behind an <c>@</c>, as text has to be UTF-8.</summary>
internal readonly record struct Stamp(int Sender, int Number)
{
    public const int Length = 16;

    private const ulong Zeros = 0x4141_4141_4141_4141; // "AAAAAAAA"

    public void Write(Span<byte> target)
    {
        var words = MemoryMarshal.Cast<byte, ulong>(target[..Length]);
        (words[0], words[1]) = (Spread((uint)Sender) + Zeros, Spread((uint)Number) + Zeros);
    }

    /// <summary>Finds it in a message; false: the message is none of ours, such as a welcome.</summary>
    public static bool TryRead(ReadOnlySpan<byte> payload, out Stamp stamp)
    {
        stamp = default;
        var at = payload[..Math.Min(payload.Length, 256)].IndexOf((byte)'@') + 1;
        if (at == 0 || payload.Length < at + Length) return false;
        var words = payload.Slice(at, Length);
        stamp = new Stamp((int)Gather(MemoryMarshal.Read<ulong>(words) - Zeros), (int)Gather(MemoryMarshal.Read<ulong>(words[8..]) - Zeros));
        return true;
    }

    // A nibble in each byte.
    private static ulong Spread(uint value)
    {
        ulong x = value;
        x = (x | x << 16) & 0x0000_FFFF_0000_FFFF;
        x = (x | x << 8) & 0x00FF_00FF_00FF_00FF;
        return (x | x << 4) & 0x0F0F_0F0F_0F0F_0F0F;
    }

    private static uint Gather(ulong x)
    {
        x = (x | x >> 4) & 0x00FF_00FF_00FF_00FF;
        x = (x | x >> 8) & 0x0000_FFFF_0000_FFFF;
        return (uint)(x | x >> 16);
    }
}
