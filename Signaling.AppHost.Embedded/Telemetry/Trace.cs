namespace Signaling.AppHost.Embedded.Telemetry;

/// <summary>The spans of one trace that have come so far.</summary>
internal sealed class Trace
{
    public Queue<SpanEntry> Spans { get; } = new();

    /// <summary>Grows with each span, over all traces.</summary>
    public long Version { get; set; }

    /// <summary>As the list of traces shows it. The root may still be running: then the first span stands for it.</summary>
    public Summary Summarize()
    {
        var first = Spans.OrderBy(one => one.ParentId.Length > 0).ThenBy(one => one.Start).First();
        return new Summary(first.TraceId, first.Name, first.Resource, Spans.Min(one => one.Start), Spans.Max(one => one.End), Spans.Count, Spans.Count(one => one.Error is not null));
    }

    internal sealed record Summary(string Id, string Name, string Resource, double Start, double End, int Spans, int Errors);
}
