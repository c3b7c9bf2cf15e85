namespace Signaling.AppHost.Embedded.Telemetry;

/// <summary>What the services have told, as far as it is kept. One at a time: each call is over in no time.</summary>
internal sealed class TelemetryStore
{
    private const long MostBytes = 64 << 20;
    private readonly Lock _lock = new();
    private readonly Newest<LogEntry> _logs = new(10_000, MostBytes);
    private readonly Traces _traces = new(2_000, 20_000, MostBytes);
    private readonly Metrics _metrics = new(1_000);

    public void Add(IEnumerable<LogEntry> logs) => Each(logs, log =>
    {
        _logs.Add(log, log.Bytes);
        while (_logs.IsTooMuch) _logs.Drop();
    });

    public void Add(IEnumerable<SpanEntry> spans) => Each(spans, _traces.Add);

    public void Add(IEnumerable<MetricPoint> points) => Each(points, _metrics.Add);

    public News<LogEntry> Logs(long after)
    {
        lock (_lock) return new(_logs.Last, [.. _logs.After(after)]);
    }

    public News<Trace.Summary> Traces(long after)
    {
        lock (_lock) return new(_traces.Version, [.. _traces.After(after)]);
    }

    public IReadOnlyList<SpanEntry> Spans(string traceId)
    {
        lock (_lock) return [.. _traces.Of(traceId)];
    }

    public IReadOnlyList<Instrument> Instruments()
    {
        lock (_lock) return [.. _metrics.Instruments];
    }

    public IReadOnlyList<Series.View> Metric(string resource, string meter, string name)
    {
        lock (_lock) return [.. _metrics.Of(resource, meter, name)];
    }

    private void Each<T>(IEnumerable<T> items, Action<T> add)
    {
        lock (_lock)
            foreach (var item in items) add(item);
    }

    /// <summary>What is new, and what to ask with the next time.</summary>
    internal sealed record News<T>(long Last, IReadOnlyList<T> Items);
}
