using System.Text.Json;

namespace Signaling.Server.Protocols.YWebRtc;

/// <summary>What a client of y-webrtc said. Reading is pure; whatever is not of the protocol is <see cref="YWebRtcKind.Junk"/>.</summary>
internal ref struct YWebRtcMessage
{
    /// <summary>Topics that one message may name, and a connection may be in.</summary>
    public const int MaxTopics = 100;

    /// <summary>Characters of a topic's name.</summary>
    public const int MaxTopicLength = 256;

    private const int MaxDepth = 64;

    private List<string>? _topics;

    public YWebRtcKind Kind { get; private set; }

    /// <summary>Where to publish.</summary>
    public string Topic { get; private set; }

    /// <summary>Where to subscribe or no longer to.</summary>
    public readonly IReadOnlyList<string> Topics => _topics ?? [];

    /// <summary>More topics than there may be, or a longer name.</summary>
    public bool IsTooMuch { get; private set; }

    /// <summary>The object but for its last brace and the white space before that.</summary>
    public ReadOnlySpan<byte> Open { get; private set; }

    public static YWebRtcMessage Read(ReadOnlySpan<byte> json)
    {
        var message = new YWebRtcMessage();
        try
        {
            message.Kind = message.TryRead(json);
        }
        // The second: a string with an unpaired surrogate.
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            message.Kind = YWebRtcKind.Junk;
        }
        return message;
    }

    private YWebRtcKind TryRead(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = MaxDepth });
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject) return YWebRtcKind.Junk;

        var kind = YWebRtcKind.Junk;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("type"u8))
            {
                reader.Read();
                kind = KindOf(ref reader);
            }
            else if (reader.ValueTextEquals("topic"u8))
            {
                reader.Read();
                Topic = reader.TokenType == JsonTokenType.String ? reader.GetString()! : "";
            }
            else if (reader.ValueTextEquals("topics"u8))
            {
                reader.Read();
                ReadTopics(ref reader);
            }
            else
            {
                reader.Read();
            }
            reader.Skip();
        }
        var end = (int)reader.TokenStartIndex;
        // Reads past the end: anything but white space there is an error.
        reader.Read();
        Open = json[..end].TrimEnd(" \t\r\n"u8);
        return kind switch
        {
            YWebRtcKind.Subscribe or YWebRtcKind.Unsubscribe when _topics is null => YWebRtcKind.Junk,
            YWebRtcKind.Publish when string.IsNullOrEmpty(Topic) => YWebRtcKind.Junk,
            _ => kind,
        };
    }

    private static YWebRtcKind KindOf(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.String) return YWebRtcKind.Junk;
        if (reader.ValueTextEquals("publish"u8)) return YWebRtcKind.Publish;
        if (reader.ValueTextEquals("ping"u8)) return YWebRtcKind.Ping;
        if (reader.ValueTextEquals("subscribe"u8)) return YWebRtcKind.Subscribe;
        return reader.ValueTextEquals("unsubscribe"u8) ? YWebRtcKind.Unsubscribe : YWebRtcKind.Junk;
    }

    // What is no string is passed over, and so is what is no array.
    private void ReadTopics(ref Utf8JsonReader reader)
    {
        _topics = null;
        IsTooMuch = false;
        if (reader.TokenType != JsonTokenType.StartArray) return;
        _topics = [];
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType == JsonTokenType.String && reader.GetString() is { Length: > 0 } topic)
            {
                if (topic.Length > MaxTopicLength || _topics.Count == MaxTopics) IsTooMuch = true;
                else _topics.Add(topic);
            }
            reader.Skip();
        }
    }
}
