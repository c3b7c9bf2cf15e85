using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Signaling.Server.Relay;
using Signaling.Server.Sockets;

namespace Signaling.Server.Protocols.Envelope;

/// <summary>What the server says in <c>signaling.v1</c> (PROTOCOL.md section 2). Ids are of characters that JSON need not escape.</summary>
internal static class ServerFrames
{
    // Fewer escapes than the default, which is made for pages of HTML.
    private static readonly JsonWriterOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    public static Frame Broadcast(string from, ReadOnlySpan<byte> data) =>
        Splice($$"""{"from":"{{from}}","data":""", data);

    public static Frame Direct(string from, string to, ReadOnlySpan<byte> data) =>
        Splice($$"""{"from":"{{from}}","to":"{{to}}","data":""", data);

    public static Frame Join(Member place) => Splice("""{"type":"join",""", place.Entry.AsSpan(1..^1));

    public static Frame Leave(string id, string reason) => Text($$"""{"type":"leave","id":"{{id}}","reason":"{{reason}}"}""");

    public static Frame Meta(Member place) => Splice("""{"type":"meta",""", place.Entry.AsSpan(1..^1));

    public static Frame GoAway(TimeSpan after) => Text($$"""{"type":"goaway","afterMs":{{(long)after.TotalMilliseconds}}}""");

    /// <summary>Something that peers on other servers said may have been lost.</summary>
    public static Frame Gap { get; } = Text("""{"type":"gap"}""");

    public static Frame Ice(ReadOnlySpan<byte> iceServers) => Splice("""{"type":"ice","iceServers":""", iceServers);

    /// <summary>A peer as the roster shows it: <c>{"id":"…","meta":{…}}</c>.</summary>
    public static byte[] Entry(string id, ReadOnlySpan<byte> meta) =>
        [.. Encoding.UTF8.GetBytes($$"""{"id":"{{id}}","meta":"""), .. meta, (byte)'}'];

    /// <summary>What a raw member said.</summary>
    public static Frame Raw(string from, Message message)
    {
        var buffer = new ArrayBufferWriter<byte>(message.Payload.Length * 2 + 128);
        using (var json = new Utf8JsonWriter(buffer, Relaxed))
        {
            json.WriteStartObject();
            json.WriteString("type"u8, "raw"u8);
            json.WriteString("from"u8, from);
            if (message.Opcode == Opcode.Text) json.WriteString("data"u8, message.Payload);
            else json.WriteBase64String("base64"u8, message.Payload);
            json.WriteEndObject();
        }
        return FrameEncoder.Encode(Opcode.Text, buffer.WrittenSpan);
    }

    public static Frame Error(string code, string message, string? reference, string? to)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        using (var json = new Utf8JsonWriter(buffer, Relaxed))
        {
            json.WriteStartObject();
            json.WriteString("type"u8, "error"u8);
            json.WriteString("code"u8, code);
            json.WriteString("message"u8, message);
            if (reference is not null) json.WriteString("ref"u8, reference);
            if (to is not null) json.WriteString("to"u8, to);
            json.WriteEndObject();
        }
        return FrameEncoder.Encode(Opcode.Text, buffer.WrittenSpan);
    }

    public static Frame Welcome(Place place, string room, bool resumed, bool gap, IEnumerable<Member> roster, bool more, EnvelopeTerms terms)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        using (var json = new Utf8JsonWriter(buffer, Relaxed))
        {
            json.WriteStartObject();
            json.WriteString("type"u8, "welcome"u8);
            json.WriteNumber("v"u8, 1);
            json.WriteString("id"u8, place.Id);
            json.WriteString("room"u8, room);
            json.WriteString("resume"u8, place.Secrets.Current);
            json.WriteBoolean("resumed"u8, resumed);
            if (gap) json.WriteBoolean("gap"u8, true);
            json.WriteStartArray("peers"u8);
            foreach (var one in roster) json.WriteRawValue(one.Entry, skipInputValidation: true);
            json.WriteEndArray();
            if (more) json.WriteBoolean("more"u8, true);
            json.WritePropertyName("iceServers"u8);
            json.WriteRawValue(terms.IceServers(place.Id), skipInputValidation: true);
            json.WriteStartObject("limits"u8);
            json.WriteNumber("maxMessageBytes"u8, terms.Limits.MaxMessageBytes);
            json.WriteNumber("messagesPerSecond"u8, terms.Limits.MessagesPerSecond);
            json.WriteNumber("burst"u8, terms.Limits.Burst);
            json.WriteEndObject();
            json.WriteNumber("pingSeconds"u8, (long)terms.KeepAlive.Interval.TotalSeconds);
            json.WriteEndObject();
        }
        return FrameEncoder.Encode(Opcode.Text, buffer.WrittenSpan);
    }

    private static Frame Text(string json) => FrameEncoder.Encode(Opcode.Text, Encoding.UTF8.GetBytes(json));

    // The head, the bytes as they are, and a brace.
    private static Frame Splice(string head, ReadOnlySpan<byte> bytes)
    {
        var frame = FrameEncoder.Reserve(Opcode.Text, head.Length + bytes.Length + 1, out var payload);
        Encoding.UTF8.GetBytes(head, payload);
        bytes.CopyTo(payload[head.Length..]);
        payload[^1] = (byte)'}';
        return frame;
    }
}
