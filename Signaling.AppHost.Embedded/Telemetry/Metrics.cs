namespace Signaling.AppHost.Embedded.Telemetry;

/// <summary>Time series by instrument and attributes. When there are too many, those go that have been silent for longest.</summary>
internal sealed class Metrics(int mostSeries)
{
    private readonly Dictionary<(Instrument, string), Series> _series = [];

    public IEnumerable<Instrument> Instruments => _series.Values.Select(one => one.Instrument).Distinct();

    public void Add(MetricPoint point)
    {
        var key = (point.Instrument, string.Join('\n', point.Attributes));
        if (!_series.TryGetValue(key, out var series))
        {
            if (_series.Count == mostSeries) _series.Remove(_series.MinBy(one => one.Value.LastTime).Key);
            _series[key] = series = new Series(point);
        }

        series.Add(point);
    }

    public IEnumerable<Series.View> Of(string resource, string meter, string name) =>
        _series.Values.Where(one => (one.Instrument.Resource, one.Instrument.Meter, one.Instrument.Name) == (resource, meter, name)).Select(one => one.Show());
}
