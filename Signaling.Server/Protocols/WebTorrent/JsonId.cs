using System.Text.Json;

namespace Signaling.Server.Protocols.WebTorrent;

/// <summary>An id of 20 bytes as these clients write it: a JSON string of 20 characters, U+0000 to U+00FF.</summary>
/// <param name="text">Its characters; null when it is none.</param>
/// <param name="json">The string as it came, quotes and escapes included.</param>
internal readonly ref struct JsonId(string? text, ReadOnlySpan<byte> json)
{
    private const int Length = 20;

    /// <summary>Its characters; null when it is none.</summary>
    public string? Text { get; } = text;

    /// <summary>The string as it came, quotes and escapes included.</summary>
    public ReadOnlySpan<byte> Json { get; } = json;

    /// <summary>Reads a value, which may be anything.</summary>
    public static JsonId Of(scoped ref Utf8JsonReader token, ReadOnlySpan<byte> value)
    {
        if (token.TokenType != JsonTokenType.String) return default;
        var text = token.GetString()!;
        return text.Length == Length && !text.AsSpan().ContainsAnyExceptInRange('\0', 'ÿ') ? new(text, value) : default;
    }
}
