using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Signaling.Server.Tests.Harness;

/// <summary>An app's back end that hands out tokens; it can also make bad ones.</summary>
internal static class TokenMaker
{
    public const string Key = "a key of thirty-two bytes or more";

    public static readonly (string, string) Setting = ("Access:Key", Key);

    /// <summary>A good token, for ten minutes.</summary>
    public static string For(TestRelay relay, string sub, object? room = null, object? can = null) =>
        Make(Claims(relay, sub, room, can));

    public static Dictionary<string, object?> Claims(TestRelay relay, string sub, object? room = null, object? can = null)
    {
        var claims = new Dictionary<string, object?> { ["sub"] = sub, ["exp"] = relay.Time.GetUtcNow().AddMinutes(10).ToUnixTimeSeconds() };
        if (room is not null) claims["room"] = room;
        if (can is not null) claims["can"] = can;
        return claims;
    }

    public static string Make(Dictionary<string, object?> claims, string key = Key, string algorithm = "HS256")
    {
        var signed = $"{Encode(new { alg = algorithm, typ = "JWT" })}.{Encode(claims)}";
        return $"{signed}.{(algorithm == "none" ? "" : Base64Url.EncodeToString(HMACSHA256.HashData(Encoding.UTF8.GetBytes(key), Encoding.ASCII.GetBytes(signed))))}";
    }

    private static string Encode(object part) => Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(part));
}
