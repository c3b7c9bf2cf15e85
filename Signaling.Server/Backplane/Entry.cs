namespace Signaling.Server.Backplane;

/// <summary>What Redis keeps of a member: a version, its server, and what is known about it.</summary>
/// <param name="Server">Whose member it is.</param>
/// <param name="About">What its protocol keeps.</param>
internal readonly record struct Entry(ServerId Server, ReadOnlyMemory<byte> About)
{
    private const byte Version = 1;

    /// <summary>Bytes from the beginning of a value that say whose it is.</summary>
    public const int OwnerBytes = 1 + ServerId.Bytes;

    /// <summary>How values of a server's members begin.</summary>
    public static byte[] Owner(ServerId server) => [Version, .. server.ToArray()];

    public byte[] ToArray() => [.. Owner(Server), .. About.Span];

    /// <summary>False when it is none of ours.</summary>
    public static bool TryRead(ReadOnlyMemory<byte> value, out Entry entry)
    {
        entry = default;
        if (value.Length is < OwnerBytes or > OwnerBytes + Relay.ITopic.MaxAboutBytes || value.Span[0] != Version) return false;
        entry = new Entry(ServerId.Read(value.Span[1..]), value[OwnerBytes..]);
        return true;
    }
}
