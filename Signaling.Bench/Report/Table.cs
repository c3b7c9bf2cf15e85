using System.Globalization;
using System.Text;

namespace Signaling.Bench.Report;

/// <summary>The medians, a scenario in each line.</summary>
internal sealed class Table(Results results)
{
    private const string Envelope = "envelope-";

    private static readonly string[] Servers = ["socket", "stream", "kestrel", "bun", "ws", "tls", "nginx"];
    private static readonly (string From, string To)[] Ratios = [("socket", "bun"), ("socket", "ws"), ("stream", "ws"), ("kestrel", "ws")];

    public string Text
    {
        get
        {
            var text = new StringBuilder();
            Section(text, "CPU of the server, µs per delivery", Metric.CpuPerDelivery, "0.00", ratios: true);
            Envelopes(text);
            Section(text, "Deliveries per second", Metric.DeliveriesPerSecond, "n0");
            Section(text, "Latency p50, µs", Metric.P50, "n0");
            Section(text, "Latency p99, µs", Metric.P99, "n0");
            Section(text, "Latency p99.9, µs", Metric.P999, "n0");
            Section(text, "CPU share of the server", Metric.ServerCpu, "p0");
            Section(text, "CPU share of the load", Metric.LoadCpu, "p0");
            Section(text, "KB per idle connection", Metric.IdleKilobytes, "0.0");
            Section(text, "CPU of the server, µs per connecting", Metric.ConnectCpu, "n0");
            Section(text, "Connections per second", Metric.ConnectsPerSecond, "n0");
            Section(text, "CPU share of the server with idle connections", Metric.IdleCpu, "p2");
            Section(text, "p99 of the others with a stopped reader, µs", Metric.P99WithStopped, "n0");
            Section(text, "… as a ratio to without", Metric.StoppedRatio, "0.00");
            Section(text, "MB that the server grew", Metric.StoppedGrowth, "0.0");
            Section(text, "messages said that it never got", Metric.StoppedLost, "n0");
            Section(text, "and its close code (0: it was not closed)", Metric.StoppedClosed, "0");
            Section(text, "others closed as too slow (4408)", Metric.OthersCut, "0");
            return text.ToString();
        }
    }

    private void Section(StringBuilder text, string title, string metric, string format, bool ratios = false)
    {
        string[] scenarios = [.. results.Scenarios.Where(scenario => Servers.Any(server => results.Values(scenario, server, metric).Any()))];
        if (scenarios.Length == 0) return;
        var servers = Servers.Where(server => scenarios.Any(scenario => results.Values(scenario, server, metric).Any())).ToArray();
        text.Append(CultureInfo.InvariantCulture, $"{title,-48}");
        foreach (var server in servers) text.Append(CultureInfo.InvariantCulture, $"{server,10}");
        var shown = ratios ? Ratios.Where(ratio => servers.Contains(ratio.From) && servers.Contains(ratio.To)).ToArray() : [];
        foreach (var (from, to) in shown) text.Append(CultureInfo.InvariantCulture, $"{$"{from}:{to}",14}");
        text.AppendLine();
        foreach (var scenario in scenarios)
        {
            text.Append(CultureInfo.InvariantCulture, $"  {scenario,-46}");
            foreach (var server in servers) text.Append(CultureInfo.InvariantCulture, $"{Number(results.Median(scenario, server, metric), format),10}");
            foreach (var (from, to) in shown) text.Append(CultureInfo.InvariantCulture, $"{Ratio(scenario, from, to, metric),14}");
            text.AppendLine();
        }
        text.AppendLine();
    }

    private void Envelopes(StringBuilder text)
    {
        string[] enveloped = [.. results.Scenarios.Where(scenario => scenario.StartsWith(Envelope, StringComparison.Ordinal))];
        if (enveloped.Length == 0) return;
        text.AppendLine("Envelopes, as a ratio of CPU per delivery to raw mode");
        foreach (var scenario in enveloped)
            foreach (var server in Servers)
                if (results.Median(scenario, server, Metric.CpuPerDelivery) / results.Median(scenario[Envelope.Length..], server, Metric.CpuPerDelivery) is var ratio and not double.NaN)
                    text.AppendLine(CultureInfo.InvariantCulture, $"  {scenario[Envelope.Length..],-46}{server,10}{ratio,10:0.00}{Mark(ratio, Targets.EnvelopeToRaw)}");
        text.AppendLine();
    }

    private string Ratio(string scenario, string from, string to, string metric)
    {
        var ratio = results.Median(scenario, from, metric) / results.Median(scenario, to, metric);
        if (double.IsNaN(ratio)) return "-";
        return $"{ratio.ToString("0.00", CultureInfo.InvariantCulture)}{Mark(ratio, Targets.Of(from, to, scenario))}";
    }

    private static string Mark(double ratio, double? most) => most is null ? "" : Math.Round(ratio, 2) <= most ? " ok" : " ✗";

    private static string Number(double value, string format) => double.IsNaN(value) ? "-" : value.ToString(format, CultureInfo.InvariantCulture);
}
