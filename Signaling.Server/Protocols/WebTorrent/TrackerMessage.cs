using System.Text.Json;

namespace Signaling.Server.Protocols.WebTorrent;

/// <summary>
/// What a client of a WebTorrent tracker said. Reading is pure. Ids are strings of 20 characters, each of which stands for a
/// byte; they, and offers and answers, are kept as the client's own JSON, and go to others unchanged.
/// </summary>
internal ref struct TrackerMessage
{
    private const int MaxDepth = 64;

    /// <summary>Why it cannot be read; null when it can.</summary>
    public string? Problem { get; private set; }

    public string? Action { get; private set; }

    public JsonId InfoHash { get; private set; }

    public JsonId PeerId { get; private set; }

    public JsonId ToPeerId { get; private set; }

    public TrackerEvent Event { get; private set; }

    /// <summary>Nothing is left to fetch.</summary>
    public bool IsSeeder { get; private set; }

    /// <summary>An array, as JSON; empty for none.</summary>
    public ReadOnlySpan<byte> Offers { get; private set; }

    /// <summary>As JSON; empty for none.</summary>
    public ReadOnlySpan<byte> Answer { get; private set; }

    /// <summary>As JSON; empty for none.</summary>
    public ReadOnlySpan<byte> OfferId { get; private set; }

    /// <summary>The info hashes of a scrape: a string or an array, as JSON.</summary>
    public ReadOnlySpan<byte> InfoHashes { get; private set; }

    public static TrackerMessage Read(ReadOnlySpan<byte> json)
    {
        var message = new TrackerMessage();
        try
        {
            message.Problem = message.TryRead(json);
        }
        // The second: a string with an unpaired surrogate.
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            message.Problem = "invalid JSON in WS request";
        }
        return message;
    }

    private string? TryRead(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = MaxDepth });
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject) return "a WS request is a JSON object";
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var key = reader.ValueSpan;
            reader.Read();
            var from = (int)reader.TokenStartIndex;
            var token = reader;
            reader.Skip();
            Take(key, ref token, json[from..(int)reader.BytesConsumed]);
        }
        // Reads past the end: anything but white space there is an error.
        reader.Read();
        return null;
    }

    // No client escapes the characters of keys.
    private void Take(scoped ReadOnlySpan<byte> key, scoped ref Utf8JsonReader token, ReadOnlySpan<byte> value)
    {
        if (key.SequenceEqual("action"u8)) Action = TextOf(ref token);
        else if (key.SequenceEqual("event"u8)) Event = EventOf(TextOf(ref token));
        else if (key.SequenceEqual("left"u8)) IsSeeder = IsNothing(ref token);
        else if (key.SequenceEqual("peer_id"u8)) PeerId = JsonId.Of(ref token, value);
        else if (key.SequenceEqual("to_peer_id"u8)) ToPeerId = JsonId.Of(ref token, value);
        else if (key.SequenceEqual("offers"u8)) Offers = token.TokenType == JsonTokenType.StartArray ? value : default;
        else if (key.SequenceEqual("offer_id"u8)) OfferId = value;
        else if (key.SequenceEqual("answer"u8)) Answer = token.TokenType == JsonTokenType.Null ? default : value;
        else if (key.SequenceEqual("info_hash"u8))
        {
            InfoHash = JsonId.Of(ref token, value);
            InfoHashes = value;
        }
    }

    private static string? TextOf(scoped ref Utf8JsonReader token) => token.TokenType == JsonTokenType.String ? token.GetString() : null;

    // In the original null is a number, too.
    private static bool IsNothing(scoped ref Utf8JsonReader token) =>
        token.TokenType == JsonTokenType.Null || (token.TokenType == JsonTokenType.Number && token.TryGetDouble(out var left) && left == 0);

    private static TrackerEvent EventOf(string? text) => text switch
    {
        null or "" or "empty" or "update" or "started" or "paused" => TrackerEvent.Update,
        "completed" => TrackerEvent.Completed,
        "stopped" => TrackerEvent.Stopped,
        _ => TrackerEvent.Unknown,
    };
}
