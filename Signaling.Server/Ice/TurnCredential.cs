using System.Security.Cryptography;
using System.Text;

namespace Signaling.Server.Ice;

/// <summary>
/// A credential that a TURN server can check without asking: the TURN REST scheme, which coturn implements as
/// <c>use-auth-secret</c> (draft-uberti-behave-turn-rest-00).
/// </summary>
/// <param name="UserName"><c>unix expiry:id</c></param>
/// <param name="Password">The base64 of HMAC-SHA1(secret, user name).</param>
internal sealed record TurnCredential(string UserName, string Password)
{
    public static TurnCredential Make(string secret, string id, DateTimeOffset expires)
    {
        var userName = $"{expires.ToUnixTimeSeconds()}:{id}";
        // SHA-1 is what the scheme says; an HMAC does not need a hash without collisions (RFC 6151 section 2.3 on MD5).
#pragma warning disable CA5350
        var hash = HMACSHA1.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes(userName));
#pragma warning restore CA5350
        return new(userName, Convert.ToBase64String(hash));
    }
}
