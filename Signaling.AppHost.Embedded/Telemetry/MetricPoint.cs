namespace Signaling.AppHost.Embedded.Telemetry;

/// <summary>What an instrument showed at one time with one set of attributes. The values are one number, or of a histogram: count, sum, and the count of each bucket.</summary>
internal sealed record MetricPoint(Instrument Instrument, bool IsDelta, SortedDictionary<string, string> Attributes, double Time, double[] Values, double[] Bounds)
{
    private const int Gauge = 5, Sum = 7, Histogram = 9;
    private const ulong Delta = 1;
    private static readonly int[] Shown = [Gauge, Sum, Histogram];

    /// <summary>From a Metric of opentelemetry/proto/metrics/v1/metrics.proto. Exponential histograms and summaries are not shown.</summary>
    public static IEnumerable<MetricPoint> Read(string service, string meter, OtlpMessage metric)
    {
        foreach (var (field, data) in Shown.SelectMany(field => metric.All(field).Select(data => (field, data))))
        {
            var kind = field == Histogram ? "histogram" : field == Sum && data.Number(3) != 0 ? "counter" : "gauge";
            var instrument = new Instrument(service, meter, metric.Text(1), metric.Text(3), metric.Text(2), kind);
            foreach (var point in data.All(1))
            {
                double[] values = field == Histogram
                    ? [point.Number(4), point.Double(5), .. point.Fixed64s(6)]
                    : [point.Number(6) is not 0 and var whole ? (long)whole : point.Double(4)];
                yield return new MetricPoint(instrument, field != Gauge && data.Number(2) == Delta, point.Attributes(field == Histogram ? 9 : 7), point.Milliseconds(3), values,
                    field == Histogram ? [.. point.Fixed64s(7).Select(OtlpMessage.Finite)] : []);
            }
        }
    }
}
