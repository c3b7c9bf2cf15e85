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
}
