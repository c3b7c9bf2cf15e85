using System.Text.Json;

namespace Signaling.Server.Protocols.Envelope;

/// <summary>
/// What a client of <c>signaling.v1</c> said (PROTOCOL.md section 2). Reading is pure: it knows no sockets and no rooms.
/// <c>data</c> and <c>meta</c> are the client's own bytes, from the first to the last, and are never written anew.
/// </summary>
internal ref struct ClientMessage
{
    public const int MaxMetaBytes = 4096;
    public const int MaxRefLength = 64;
    private const int MaxDepth = 64;

    /// <summary>What it asks for; <see cref="MessageKind.Bad"/> with a <see cref="Problem"/> otherwise.</summary>
    public MessageKind Kind { get; private set; }

    public ReadOnlySpan<byte> Data { get; private set; }

    public ReadOnlySpan<byte> Meta { get; private set; }

    /// <summary>The new token: a string without escapes, for a token needs none; empty when it is anything else.</summary>
    public ReadOnlySpan<byte> Token { get; private set; }

    /// <summary>The id of the peer that alone is to get it.</summary>
    public string? To { get; private set; }

    /// <summary>Comes back in the error about this message.</summary>
    public string? Ref { get; private set; }

    /// <summary>For the developer of the client: which field, and what was expected.</summary>
    public string? Problem { get; private set; }

    public static ClientMessage NotText => new() { Problem = "a message is a text frame" };

    public static ClientMessage Read(ReadOnlySpan<byte> json)
    {
        var message = new ClientMessage();
        try
        {
            message.Problem = message.TryRead(json);
        }
        catch (JsonException)
        {
            message.Problem = $"a message is one JSON object (RFC 8259), nested {MaxDepth} deep at most";
        }
        catch (InvalidOperationException)
        {
            // From GetString: the only way in which a string of valid JSON in valid UTF-8 cannot be had.
            message.Problem = "a key, type, to or ref has an unpaired surrogate";
        }
        if (message.Problem is not null) message.Kind = MessageKind.Bad;
        return message;
    }

    /// <summary>Whether bytes are an object that can be a peer's meta.</summary>
    public static bool IsMeta(ReadOnlySpan<byte> json)
    {
        if (json.Length > MaxMetaBytes) return false;
        try
        {
            var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = MaxDepth - 1 });
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject) return false;
            reader.Skip();
            return !reader.Read();
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private string? TryRead(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = MaxDepth });
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject) return "a message is a JSON object";

        string? type = null;
        string? problem = null;
        var seen = new SeenKeys();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (!seen.Add(ref reader, out var key)) return "a key appears twice at the top level";
            reader.Read();
            var from = (int)reader.TokenStartIndex;
            switch (key)
            {
                case TopLevelKey.Type:
                    type = reader.TokenType == JsonTokenType.String ? reader.GetString() : "";
                    break;
                case TopLevelKey.To:
                    To = reader.TokenType == JsonTokenType.String ? reader.GetString() : null;
                    problem ??= To is null ? "to must be a string: the id of a peer" : null;
                    break;
                case TopLevelKey.Ref:
                    Ref = reader.TokenType == JsonTokenType.String && reader.GetString() is { Length: <= MaxRefLength } reference ? reference : null;
                    problem ??= Ref is null ? $"ref must be a string of {MaxRefLength} characters at most" : null;
                    break;
            }
            reader.Skip();
            var value = json[from..(int)reader.BytesConsumed];
            if (key == TopLevelKey.Data) Data = value;
            else if (key == TopLevelKey.Meta) Meta = value;
            else if (key == TopLevelKey.Token && reader is { TokenType: JsonTokenType.String, ValueIsEscaped: false }) Token = value[1..^1];
        }
        // Reads past the end: anything but white space there is an error.
        reader.Read();
        return problem ?? Understand(type, seen.Has(TopLevelKey.Data));
    }

    private string? Understand(string? type, bool hasData)
    {
        Kind = type switch
        {
            null when hasData => To is null ? MessageKind.Broadcast : MessageKind.Direct,
            "meta" => MessageKind.Meta,
            "ice" => MessageKind.Ice,
            "token" => MessageKind.Token,
            "bye" => MessageKind.Bye,
            _ => MessageKind.Bad,
        };
        return Kind switch
        {
            MessageKind.Bad when type is null => "a message has data, or a type",
            MessageKind.Bad => "type must be one of: meta, ice, token, bye; or left out beside data",
            MessageKind.Meta when Meta.Length > MaxMetaBytes => $"meta must have {MaxMetaBytes} bytes at most",
            MessageKind.Meta when Meta.IsEmpty || Meta[0] != (byte)'{' => "meta must be an object",
            _ => null,
        };
    }
}
