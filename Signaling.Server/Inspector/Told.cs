using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Signaling.Server.Inspector;

/// <summary>An event as it goes to viewers (server-sent events, WHATWG HTML section 9.2): encoded once, all get these same bytes.</summary>
/// <param name="Bytes">The whole block.</param>
/// <param name="Seq">Its number in a room's watch; 0 for what is not kept.</param>
internal readonly record struct Told(ReadOnlyMemory<byte> Bytes, long Seq = 0)
{
    /// <summary>A comment, so that the line is seen to live.</summary>
    public static readonly Told Beat = new(": beat\n\n"u8.ToArray());

    /// <summary>An event of this name.</summary>
    public static Told Of<T>(string name, T data, JsonTypeInfo<T> type, string? id = null, long seq = 0)
    {
        var block = new ArrayBufferWriter<byte>(256);
        block.Write(Encoding.ASCII.GetBytes(id is null ? $"event: {name}\ndata: " : $"id: {id}\nevent: {name}\ndata: "));
        // One line: line breaks within strings are escaped.
        using (var json = new Utf8JsonWriter(block)) JsonSerializer.Serialize(json, data, type);
        block.Write("\n\n"u8);
        return new(block.WrittenMemory, seq);
    }
}
