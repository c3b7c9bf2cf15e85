namespace Signaling.AppHost.Embedded.Telemetry;

/// <summary>What an instrument showed over time with one set of attributes: totals since it began, for the last ten minutes.</summary>
internal sealed class Series(MetricPoint first)
{
    private const double KeptMilliseconds = 600_000;
    private const int MostPoints = 600;
    private readonly Queue<double[]> _points = new();
    private double[] _last = [];

    public Instrument Instrument => first.Instrument;

    public double LastTime { get; private set; }

    public void Add(MetricPoint point)
    {
        _last = point.IsDelta && _last.Length == point.Values.Length ? [.. point.Values.Zip(_last, (added, before) => added + before)] : point.Values;
        LastTime = point.Time;
        _points.Enqueue([point.Time, .. _last]);
        while (_points.Count > MostPoints || _points.Peek()[0] < LastTime - KeptMilliseconds) _points.Dequeue();
    }

    public View Show() => new(first.Attributes, first.Bounds, [.. _points]);

    /// <summary>Each point is its time and its values.</summary>
    internal sealed record View(IReadOnlyDictionary<string, string> Attributes, double[] Bounds, IReadOnlyList<double[]> Points);
}
