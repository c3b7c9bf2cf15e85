using System.Text.Json.Serialization;

namespace Signaling.AppHost.Embedded.Telemetry;

/// <summary>A structured log line. <paramref name="Time"/> is in milliseconds; <paramref name="Severity"/> as OTLP counts: 1 trace, 5 debug, 9 information, 13 warning, 17 error, 21 fatal.</summary>
internal sealed record LogEntry(string Resource, string Category, double Time, int Severity, string Text, string TraceId, string SpanId, IReadOnlyDictionary<string, string> Attributes, [property: JsonIgnore] int Bytes)
{
    private const ulong MostSevere = 24;

    /// <summary>From a LogRecord of opentelemetry/proto/logs/v1/logs.proto.</summary>
    public static IEnumerable<LogEntry> Read(string service, string category, OtlpMessage log) =>
        [new(service, category, log.Number(1) > 0 ? log.Milliseconds(1) : log.Milliseconds(11), (int)Math.Min(log.Number(2), MostSevere), log.One(5).Value(), log.Hex(9), log.Hex(10), log.Attributes(6), log.Bytes.Length)];
}
