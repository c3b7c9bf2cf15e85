using System.Security.Cryptography;
using System.Text;
using Signaling.Server.Relay;

namespace Signaling.Server.Protocols.PeerJs;

/// <summary>What other servers know of a client that has an id: a hash of its token, enough to know it again.</summary>
internal static class PeerJsRecord
{
    private const byte Version = 1;

    /// <summary>Of a client with this token.</summary>
    public static byte[] Of(string token) => [Version, .. SHA256.HashData(Encoding.UTF8.GetBytes(token))];

    /// <summary>Whether it is the same client: it brings the same token.</summary>
    public static bool IsOf(string token, Elsewhere holder) => CryptographicOperations.FixedTimeEquals(holder.About.Span, Of(token));
}
