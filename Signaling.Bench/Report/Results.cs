using System.Text.Json;

namespace Signaling.Bench.Report;

/// <summary>All measurements, and the file that they are kept in.</summary>
internal sealed class Results
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    private readonly List<Measurement> _measurements;

    private Results(string path, List<Measurement> measurements) => (Path, _measurements) = (path, measurements);

    public string Path { get; }

    public IEnumerable<string> Scenarios => _measurements.Select(one => one.Scenario).Distinct();

    public IEnumerable<string> Servers => _measurements.Select(one => one.Server).Distinct();

    /// <param name="keep">Goes on with what the file has.</param>
    public static Results Open(string path, bool keep) =>
        new(path, keep && File.Exists(path) ? JsonSerializer.Deserialize<Kept>(File.ReadAllText(path), Json)!.Measurements : []);

    public void Forget(string scenario, IEnumerable<string> servers) => _measurements.RemoveAll(one => one.Scenario == scenario && servers.Contains(one.Server));

    public void Add(Measurement measurement) => _measurements.Add(measurement);

    public void Save(bool pinned)
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(Path))!);
        File.WriteAllText(Path, JsonSerializer.Serialize(new Kept(Machine.Describe(), pinned, _measurements), Json));
    }

    /// <summary>The median over the rounds; NaN when there is none.</summary>
    public double Median(string scenario, string server, string metric) => Statistics.Median(Values(scenario, server, metric));

    public IEnumerable<double> Values(string scenario, string server, string metric) =>
        from one in _measurements
        where one.Scenario == scenario && one.Server == server && one.Figures.ContainsKey(metric)
        select one.Figures[metric];

    private sealed record Kept(Machine Machine, bool Pinned, List<Measurement> Measurements);
}
