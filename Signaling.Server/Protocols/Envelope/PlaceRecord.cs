using System.Security.Cryptography;
using System.Text;
using System.Text.Unicode;

namespace Signaling.Server.Protocols.Envelope;

/// <summary>
/// What other servers know of a place: enough to show it in a roster, and to give it back to its client when that comes
/// to one of them. Of the secrets only hashes: who reads them can resume nothing.
/// </summary>
/// <param name="Meta">Its metadata, a JSON object.</param>
/// <param name="Sub">Who may come back to it; null where there are no tokens.</param>
/// <param name="Current">The hash of the newest secret.</param>
/// <param name="Before">The hash of the one before, while that is good, too; else empty.</param>
internal sealed record PlaceRecord(byte[] Meta, string? Sub, byte[] Current, byte[] Before)
{
    private const byte Version = 1;
    private const int HashBytes = SHA256.HashSizeInBytes;
    private const int HeaderBytes = 2 + (2 * HashBytes);

    public static PlaceRecord Of(ReadOnlySpan<byte> meta, string? sub, ResumeSecrets secrets) =>
        new(meta.ToArray(), sub, Hash(secrets.Current), secrets.Before is { } before ? Hash(before) : []);

    public byte[] ToArray()
    {
        var sub = Encoding.UTF8.GetBytes(Sub ?? "");
        return [Version, (byte)sub.Length, .. Current, .. Before.Length == 0 ? new byte[HashBytes] : Before, .. sub, .. Meta];
    }

    /// <summary>Null when it is none.</summary>
    public static PlaceRecord? Read(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < HeaderBytes || bytes[0] != Version || bytes.Length < HeaderBytes + bytes[1]) return null;
        var sub = bytes.Slice(HeaderBytes, bytes[1]);
        var meta = bytes[(HeaderBytes + bytes[1])..];
        if (!Utf8.IsValid(sub) || !ClientMessage.IsMeta(meta)) return null;
        var before = bytes.Slice(2 + HashBytes, HashBytes);
        return new(
            meta.ToArray(),
            sub.IsEmpty ? null : Encoding.UTF8.GetString(sub),
            bytes.Slice(2, HashBytes).ToArray(),
            before.ContainsAnyExcept((byte)0) ? before.ToArray() : []);
    }

    /// <summary>Whether the place is given back for this secret.</summary>
    public bool Accepts(string secret)
    {
        var hash = Hash(secret);
        return CryptographicOperations.FixedTimeEquals(hash, Current) || CryptographicOperations.FixedTimeEquals(hash, Before);
    }

    private static byte[] Hash(string secret) => SHA256.HashData(Encoding.UTF8.GetBytes(secret));
}
