using System.Buffers.Text;
using System.Security.Cryptography;

namespace Signaling.Server.Relay;

/// <summary>Makes ids for peers.</summary>
public static class PeerId
{
    /// <summary>128 random bits as 22 characters of base64url: cannot be guessed, never used twice.</summary>
    public static string New()
    {
        Span<byte> bits = stackalloc byte[16];
        RandomNumberGenerator.Fill(bits);
        return Base64Url.EncodeToString(bits);
    }

    /// <summary>The id of somebody who is known by name, <c>name-</c> and 8 random characters; of others as <see cref="New()"/>.</summary>
    public static string New(string? name)
    {
        if (name is null) return New();
        Span<byte> bits = stackalloc byte[6];
        RandomNumberGenerator.Fill(bits);
        return $"{name}-{Base64Url.EncodeToString(bits)}";
    }
}
