using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using CsCheck;
using Signaling.Server.Protocols.Envelope;

namespace Signaling.Server.Tests.Fuzz;

public sealed class ClientMessageFuzzTests
{
    [Fact]
    public void It_says_of_every_message_what_another_parser_says() =>
        JsonTexts.Any.Holds(json =>
        {
            if (!Utf8.IsValid(json)) return; // FrameReader has refused it
            var message = ClientMessage.Read(json);
            var (kind, data, to, reference) = Oracle(json);

            Assert.Equal(kind, message.Kind);
            Assert.Equal(kind == MessageKind.Bad, message.Problem is not null);
            if (kind == MessageKind.Bad) return;
            Assert.Equal(to, message.To);
            Assert.Equal(reference, message.Ref);
            Assert.True(data.SequenceEqual(message.Data), Encoding.UTF8.GetString(message.Data));
        }, iterations: 10_000);

    [Fact]
    public void Whatever_the_bytes_are_it_does_not_throw_and_data_is_a_slice_of_them() =>
        Gen.Select(JsonTexts.Any, ClientBytes.Damage).Holds(one =>
        {
            var json = ClientBytes.Damaged(one.Item1, one.Item2);
            var message = ClientMessage.Read(json);
            if (message.Kind == MessageKind.Bad || message.Data.IsEmpty) return;

            Assert.True(json.AsSpan().Overlaps(message.Data));
            using var data = JsonDocument.Parse(message.Data.ToArray(), new JsonDocumentOptions { MaxDepth = 64 });
            Assert.True(JsonMarshal.GetRawUtf8Value(data.RootElement).SequenceEqual(message.Data), "white space around data is not part of it");
        }, iterations: 10_000);

    [Fact]
    public void Meta_in_a_url_is_an_object_or_refused() =>
        Gen.OneOf(JsonTexts.Any, ClientBytes.Anything).Holds(json =>
        {
            var isObject = json.Length <= 4096 && TryParse(json, depth: 63) is { RootElement.ValueKind: JsonValueKind.Object };
            Assert.Equal(isObject, ClientMessage.IsMeta(json));
        }, iterations: 5000);

    // PROTOCOL.md section 2, from a whole document, without care for speed.
    private static (MessageKind Kind, byte[] Data, string? To, string? Ref) Oracle(byte[] json)
    {
        var bad = (MessageKind.Bad, Array.Empty<byte>(), (string?)null, (string?)null);
        if (TryParse(json, depth: 64) is not { RootElement.ValueKind: JsonValueKind.Object } document) return bad;
        var top = new Dictionary<string, JsonElement>();
        try
        {
            foreach (var property in document.RootElement.EnumerateObject())
                if (!top.TryAdd(property.Name, property.Value)) return bad;

            string? to = null, reference = null;
            if (top.TryGetValue("to", out var its) && (to = Text(its)) is null) return bad;
            if (top.TryGetValue("ref", out its) && (reference = Text(its)) is not { Length: <= 64 }) return bad;
            var data = top.TryGetValue("data", out its) ? JsonMarshal.GetRawUtf8Value(its).ToArray() : [];
            if (!top.TryGetValue("type", out its)) return data.Length == 0 ? bad : (to is null ? MessageKind.Broadcast : MessageKind.Direct, data, to, reference);
            return Text(its) switch
            {
                "meta" when top.TryGetValue("meta", out var meta) && meta.ValueKind == JsonValueKind.Object && JsonMarshal.GetRawUtf8Value(meta).Length <= 4096 =>
                    (MessageKind.Meta, data, to, reference),
                "ice" => (MessageKind.Ice, data, to, reference),
                "token" => (MessageKind.Token, data, to, reference),
                "bye" => (MessageKind.Bye, data, to, reference),
                _ => bad,
            };
        }
        catch (InvalidOperationException)
        {
            return bad; // an unpaired surrogate
        }
    }

    private static string? Text(JsonElement json) => json.ValueKind == JsonValueKind.String ? json.GetString() : null;

    private static JsonDocument? TryParse(byte[] json, int depth)
    {
        try
        {
            return JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = depth });
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
