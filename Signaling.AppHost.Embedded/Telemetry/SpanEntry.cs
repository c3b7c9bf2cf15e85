using System.Text.Json.Serialization;

namespace Signaling.AppHost.Embedded.Telemetry;

/// <summary>A span of a trace; times in milliseconds. <paramref name="Error"/> is null if all went well.</summary>
internal sealed record SpanEntry(
    string Resource, string Source, string TraceId, string SpanId, string ParentId, string Name, int Kind, double Start, double End, string? Error,
    IReadOnlyDictionary<string, string> Attributes, IReadOnlyList<SpanEntry.Happening> Events, IReadOnlyList<SpanEntry.Link> Links, [property: JsonIgnore] int Bytes)
{
    private const int Most = 128;
    private const ulong StatusError = 2;

    /// <summary>From a Span of opentelemetry/proto/trace/v1/trace.proto.</summary>
    public static IEnumerable<SpanEntry> Read(string service, string source, OtlpMessage span)
    {
        var status = span.One(15);
        yield return new(service, source, span.Hex(1), span.Hex(2), span.Hex(4), span.Text(5), (int)span.Number(6), span.Milliseconds(7), span.Milliseconds(8),
            status.Number(3) == StatusError ? status.Text(2) : null,
            span.Attributes(9),
            [.. span.All(11).Take(Most).Select(one => new Happening(one.Milliseconds(1), one.Text(2), one.Attributes(3)))],
            [.. span.All(13).Take(Most).Select(one => new Link(one.Hex(1), one.Hex(2), one.Attributes(4)))], span.Bytes.Length);
    }

    internal sealed record Happening(double Time, string Name, IReadOnlyDictionary<string, string> Attributes);

    internal sealed record Link(string TraceId, string SpanId, IReadOnlyDictionary<string, string> Attributes);
}
