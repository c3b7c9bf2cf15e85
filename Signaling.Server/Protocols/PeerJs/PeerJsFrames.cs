using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Signaling.Server.Relay;
using Signaling.Server.Sockets;

namespace Signaling.Server.Protocols.PeerJs;

/// <summary>What the server says to clients of PeerJS.</summary>
internal static class PeerJsFrames
{
    /// <summary>The client is in.</summary>
    public static readonly Frame Open = Text("""{"type":"OPEN"}""");

    /// <summary>It did not say who it is.</summary>
    public static readonly Frame NothingSupplied = Error("No id, token, or key supplied to websocket server");

    /// <summary>The key is another.</summary>
    public static readonly Frame WrongKey = Error("Invalid key provided");

    /// <summary>No client can have this id.</summary>
    public static readonly Frame WrongId = Error("Invalid id: 1 to 128 printable characters");

    /// <summary>Its token allows another id, or none.</summary>
    public static readonly Frame NotAllowed = Error("Your token does not allow this id: it must be your sub, or begin with sub-");

    /// <summary>There are as many as there may be.</summary>
    public static readonly Frame Full = Error("Server has reached its concurrent user limit");

    /// <summary>Somebody else has this id.</summary>
    public static readonly Frame IdTaken = Text("""{"type":"ID-TAKEN","payload":{"msg":"ID is taken"}}""");

    /// <summary>What one said, for the other: exactly these four fields, the payload as it came.</summary>
    /// <param name="from">The sender, as JSON.</param>
    /// <param name="said">The message.</param>
    public static Frame Relayed(ReadOnlySpan<byte> from, PeerJsMessage said)
    {
        var type = NameOf(said.Type);
        var length = """{"type":"","src":,"dst":}""".Length + type.Length + from.Length + said.ToJson.Length;
        if (!said.Payload.IsEmpty) length += ""","payload":""".Length + said.Payload.Length;

        var frame = FrameEncoder.Reserve(Opcode.Text, length, out var rest);
        Put("{\"type\":\""u8, ref rest);
        Put(type, ref rest);
        Put("\",\"src\":"u8, ref rest);
        Put(from, ref rest);
        Put(",\"dst\":"u8, ref rest);
        Put(said.ToJson, ref rest);
        if (!said.Payload.IsEmpty)
        {
            Put(",\"payload\":"u8, ref rest);
            Put(said.Payload, ref rest);
        }
        Put("}"u8, ref rest);
        return frame;
    }

    /// <summary>Nobody of that id has come for the message.</summary>
    /// <param name="absent">Who did not come.</param>
    /// <param name="sender">Who is told.</param>
    public static Frame Expired(string absent, string sender) =>
        Text($$"""{"type":"EXPIRE","src":{{Json(absent)}},"dst":{{Json(sender)}}}""");

    /// <summary>A string as JSON, with its quotes.</summary>
    public static string Json(string text) => $"\"{JsonEncodedText.Encode(text, JavaScriptEncoder.UnsafeRelaxedJsonEscaping)}\"";

    private static ReadOnlySpan<byte> NameOf(PeerJsType type) => type switch
    {
        PeerJsType.Offer => "OFFER"u8,
        PeerJsType.Answer => "ANSWER"u8,
        PeerJsType.Candidate => "CANDIDATE"u8,
        PeerJsType.Leave => "LEAVE"u8,
        _ => "EXPIRE"u8,
    };

    private static void Put(ReadOnlySpan<byte> bytes, ref Span<byte> rest)
    {
        bytes.CopyTo(rest);
        rest = rest[bytes.Length..];
    }

    private static Frame Error(string text) => Text($$$"""{"type":"ERROR","payload":{"msg":"{{{text}}}"}}""");

    private static Frame Text(string json) => FrameEncoder.Encode(Opcode.Text, Encoding.UTF8.GetBytes(json));
}
