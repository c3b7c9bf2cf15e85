using System.Diagnostics.Metrics;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Signaling.Server.Relay;
using Signaling.Server.Tests.Harness;

namespace Signaling.Server.Tests.Relay;

/// <summary>What <c>docs/operations.md</c> and the dashboard beside it say about instruments is so.</summary>
public sealed partial class OperationsTests
{
    private static string Docs([CallerFilePath] string file = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(file)!, "../../docs"));

    private static readonly string Page = File.ReadAllText(Path.Combine(Docs(), "operations.md"));

    [Fact]
    public async Task The_table_has_every_instrument_with_its_unit_and_no_other()
    {
        var real = (await InstrumentsAsync()).Where(one => one.Meter.Name == RelayTelemetry.Name).Select(one => $"{one.Name} {KindOf(one)} {one.Unit}");
        var said = Rows().Matches(Page).Select(row => $"{row.Groups["name"].Value} {row.Groups["kind"].Value} {row.Groups["unit"].Value}");
        Assert.Equal(real.Order(), said.Order());
    }

    [Fact]
    public async Task Alerts_and_dashboard_ask_for_what_there_is()
    {
        using var dashboard = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(Docs(), "grafana-relay.json"), TestContext.Current.CancellationToken));
        var queries = dashboard.RootElement.GetProperty("panels").EnumerateArray()
            .SelectMany(panel => panel.GetProperty("targets").EnumerateArray())
            .Select(target => target.GetProperty("expr").GetString()!)
            .Concat(Expressions().Matches(Page).Select(match => match.Value))
            .ToArray();
        Assert.InRange(queries.Length, 15, 100);

        var known = (await InstrumentsAsync()).SelectMany(InPrometheus).ToHashSet();
        foreach (var query in queries)
        {
            var names = Names().Matches(query).Select(match => match.Value).ToArray();
            Assert.NotEmpty(names);
            Assert.All(names, name => Assert.True(known.Contains(name), $"{name}, in: {query}"));
        }
    }

    private static async Task<List<Instrument>> InstrumentsAsync()
    {
        await using var relay = await TestRelay.StartAsync();
        await relay.JoinAsync("demo");
        var meters = relay.Services.GetRequiredService<IMeterFactory>();
        List<Instrument> found = [];
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, _) =>
        {
            // Other tests have relays of their own in this process.
            lock (found)
                if (instrument.Meter.Scope == meters || instrument.Meter.Name == "System.Runtime") found.Add(instrument);
        };
        listener.Start();
        lock (found) return [.. found];
    }

    private static string KindOf(Instrument instrument) => instrument.GetType().Name.Split('`')[0] switch
    {
        "Counter" or "ObservableCounter" => "counter",
        "UpDownCounter" or "ObservableUpDownCounter" => "up-down counter",
        "Histogram" => "histogram",
        _ => "gauge",
    };

    // How an OTLP metric is called in Prometheus: https://opentelemetry.io/docs/specs/otel/compatibility/prometheus_and_openmetrics/
    private static IEnumerable<string> InPrometheus(Instrument instrument)
    {
        var unit = instrument.Unit switch { "By" => "_bytes", "s" => "_seconds", "ms" => "_milliseconds", _ => "" };
        var name = instrument.Name.Replace('.', '_');
        if (!name.EndsWith(unit, StringComparison.Ordinal)) name += unit;
        return KindOf(instrument) switch
        {
            "counter" => [$"{name}_total"],
            "histogram" => [$"{name}_bucket", $"{name}_sum", $"{name}_count"],
            _ => [name],
        };
    }

    [GeneratedRegex(@"^\| `(?<name>signaling\.[a-z.]+)` \| (?<kind>[a-z -]+) \| `(?<unit>[^`]+)` \|", RegexOptions.Multiline)]
    private static partial Regex Rows();

    [GeneratedRegex(@"(?<=expr: ).+")]
    private static partial Regex Expressions();

    // A label of the same beginning is none.
    [GeneratedRegex(@"\b(signaling|dotnet|kestrel)_(?!reason\b)[a-z_]+")]
    private static partial Regex Names();
}
