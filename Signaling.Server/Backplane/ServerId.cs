using System.Security.Cryptography;

namespace Signaling.Server.Backplane;

/// <summary>One run of one server: random, and new at each start.</summary>
/// <param name="High">The first half.</param>
/// <param name="Low">The second half.</param>
internal sealed record ServerId(ulong High, ulong Low)
{
    public const int Bytes = 16;

    public static ServerId New()
    {
        Span<byte> bits = stackalloc byte[Bytes];
        RandomNumberGenerator.Fill(bits);
        return Read(bits);
    }

    public static ServerId Read(ReadOnlySpan<byte> bytes) => new(BitConverter.ToUInt64(bytes), BitConverter.ToUInt64(bytes[8..]));

    public void Write(Span<byte> bytes)
    {
        BitConverter.TryWriteBytes(bytes, High);
        BitConverter.TryWriteBytes(bytes[8..], Low);
    }

    public byte[] ToArray()
    {
        var bytes = new byte[Bytes];
        Write(bytes);
        return bytes;
    }
}
