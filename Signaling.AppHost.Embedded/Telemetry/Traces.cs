namespace Signaling.AppHost.Embedded.Telemetry;

/// <summary>Spans by trace. When there are too many, the oldest spans go, and a trace with its last span.</summary>
internal sealed class Traces(int mostTraces, int mostSpans, long mostBytes)
{
    private readonly Dictionary<string, Trace> _traces = [];
    private readonly Newest<Trace> _order = new(mostSpans, mostBytes);

    /// <summary>How many spans have come, ever.</summary>
    public long Version => _order.Last;

    public void Add(SpanEntry span)
    {
        if (!_traces.TryGetValue(span.TraceId, out var trace)) _traces[span.TraceId] = trace = new Trace();
        trace.Spans.Enqueue(span);
        _order.Add(trace, span.Bytes);
        trace.Version = _order.Last;
        while (_order.IsTooMuch || _traces.Count > mostTraces)
        {
            var oldest = _order.Drop();
            if (oldest.Spans.Dequeue() is var gone && oldest.Spans.Count == 0) _traces.Remove(gone.TraceId);
        }
    }

    /// <summary>The traces that have changed after that version.</summary>
    public IEnumerable<Trace.Summary> After(long version) => _traces.Values.Where(one => one.Version > version).Select(one => one.Summarize());

    public IEnumerable<SpanEntry> Of(string traceId) => _traces.TryGetValue(traceId, out var trace) ? trace.Spans : [];
}
