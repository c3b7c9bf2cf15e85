using System.Text.Json;

namespace Signaling.Server.Protocols.PeerJs;

/// <summary>What a client of PeerJS said. Reading is pure; the payload and the addressee are the client's own bytes.</summary>
internal ref struct PeerJsMessage
{
    private const int MaxDepth = 64;

    public PeerJsType Type { get; private set; }

    /// <summary>The id of the addressee; null for none.</summary>
    public string? To { get; private set; }

    /// <summary>The same as JSON, quotes included.</summary>
    public ReadOnlySpan<byte> ToJson { get; private set; }

    /// <summary>JSON; empty for none.</summary>
    public ReadOnlySpan<byte> Payload { get; private set; }

    public static PeerJsMessage Read(ReadOnlySpan<byte> json)
    {
        var message = new PeerJsMessage();
        try
        {
            message.Type = message.TryRead(json);
        }
        // The second: a string with an unpaired surrogate.
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            message.Type = PeerJsType.Junk;
        }
        return message;
    }

    private PeerJsType TryRead(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = MaxDepth });
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject) return PeerJsType.Junk;

        var type = PeerJsType.Junk;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isType = reader.ValueTextEquals("type"u8);
            var isTo = reader.ValueTextEquals("dst"u8);
            var isPayload = reader.ValueTextEquals("payload"u8);
            reader.Read();
            var from = (int)reader.TokenStartIndex;
            if (isType) type = TypeOf(ref reader);
            if (isTo) To = reader.TokenType == JsonTokenType.String && reader.GetString() is { Length: > 0 } id ? id : null;
            reader.Skip();
            var value = json[from..(int)reader.BytesConsumed];
            if (isTo) ToJson = value;
            if (isPayload) Payload = value;
        }
        // Reads past the end: anything but white space there is an error.
        reader.Read();
        return type;
    }

    private static PeerJsType TypeOf(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.String) return PeerJsType.Junk;
        if (reader.ValueTextEquals("CANDIDATE"u8)) return PeerJsType.Candidate;
        if (reader.ValueTextEquals("HEARTBEAT"u8)) return PeerJsType.Heartbeat;
        if (reader.ValueTextEquals("OFFER"u8)) return PeerJsType.Offer;
        if (reader.ValueTextEquals("ANSWER"u8)) return PeerJsType.Answer;
        if (reader.ValueTextEquals("LEAVE"u8)) return PeerJsType.Leave;
        return reader.ValueTextEquals("EXPIRE"u8) ? PeerJsType.Expire : PeerJsType.Junk;
    }
}
