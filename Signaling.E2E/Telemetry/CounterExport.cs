using System.Text;
using Signaling.AppHost.Embedded.Telemetry;

namespace Signaling.E2E.Telemetry;

/// <summary>
/// The sums in an OTLP <c>ExportMetricsServiceRequest</c>, by instrument, over all attributes.
/// The field numbers are those of opentelemetry/proto/metrics/v1/metrics.proto.
/// </summary>
public static class CounterExport
{
    public static Dictionary<string, long> Read(ReadOnlyMemory<byte> request, string meter)
    {
        var totals = new Dictionary<string, long>();
        foreach (var resource in Messages(request, 1))
            foreach (var scope in Messages(resource, 2))
            {
                if (Messages(scope, 1).Select(named => Text(named, 1)).FirstOrDefault() != meter) continue;
                foreach (var metric in Messages(scope, 2))
                    foreach (var sum in Messages(metric, 7))
                        totals[Text(metric, 1)] = totals.GetValueOrDefault(Text(metric, 1)) + Messages(sum, 1).Sum(Value);
            }
        return totals;
    }

    private static long Value(ReadOnlyMemory<byte> point) =>
        ProtobufFields.Read(point).Sum(field => field.Number switch
        {
            4 => (long)BitConverter.UInt64BitsToDouble(field.Scalar),
            6 => (long)field.Scalar,
            _ => 0,
        });

    private static IEnumerable<ReadOnlyMemory<byte>> Messages(ReadOnlyMemory<byte> message, int number) =>
        from field in ProtobufFields.Read(message) where field.Number == number select field.Bytes;

    private static string Text(ReadOnlyMemory<byte> message, int number) =>
        Encoding.UTF8.GetString(Messages(message, number).FirstOrDefault().Span);
}
