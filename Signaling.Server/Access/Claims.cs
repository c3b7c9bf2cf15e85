using System.Buffers.Text;
using System.Text.Json;

namespace Signaling.Server.Access;

/// <summary>Reads the claims of a token whose signature is good.</summary>
internal static class Claims
{
    /// <param name="payload">The second part of the token.</param>
    /// <param name="expires">When it runs out.</param>
    /// <returns>What it grants, or what is wrong.</returns>
    public static (Grant? Grant, Denial? Denial) Read(string payload, DateTimeOffset expires)
    {
        using var json = JsonDocument.Parse(Base64Url.DecodeFromChars(payload));
        var claims = json.RootElement;

        if (Text(claims, "sub") is not { } sub || !Grant.IsSub(sub)) return (null, Denial.Sub);
        if (!TryTexts(claims, "room", out var rooms) || !TryTexts(claims, "can", out var words)) return (null, Denial.Claims);
        return (new Grant(sub, rooms, Abilities(words), expires), null);
    }

    private static string? Text(JsonElement claims, string name) =>
        claims.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    // Null when the claim is not there: that is not the same as an empty list.
    private static bool TryTexts(JsonElement claims, string name, out string[]? texts)
    {
        texts = null;
        if (!claims.TryGetProperty(name, out var value)) return true;
        JsonElement[] items = value.ValueKind == JsonValueKind.Array ? [.. value.EnumerateArray()] : [value];
        if (items.Any(item => item.ValueKind != JsonValueKind.String)) return false;
        texts = [.. items.Select(item => item.GetString()!)];
        return true;
    }

    // Words that mean nothing here may mean something to others.
    private static Ability Abilities(string[]? words) => words is null
        ? Ability.Usual
        : words.SelectMany(word => word.Split(' ')).Aggregate(Ability.None, (all, word) => all | word switch
        {
            "publish" => Ability.Publish,
            "direct" => Ability.Direct,
            "inspect" => Ability.Inspect,
            "admin" => Ability.Admin,
            _ => Ability.None,
        });
}
