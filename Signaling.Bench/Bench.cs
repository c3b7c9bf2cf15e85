using System.Diagnostics;
using System.Globalization;
using Signaling.Bench.Load;
using Signaling.Bench.Report;
using Signaling.Bench.Scenarios;
using Signaling.Bench.Servers;

namespace Signaling.Bench;

/// <summary>One run: every server in every scenario, in turns, and what is reported.</summary>
internal sealed class Bench(BenchOptions options, CancellationToken stop)
{
    private readonly Workshop _workshop = new();
    private readonly Dictionary<string, ServerProcess> _running = [];

    /// <summary>0: nothing was lost, doubled or misplaced.</summary>
    public int Run()
    {
        var watch = Stopwatch.StartNew();
        var scenarios = Chosen(Catalog.All, options.Scenarios, scenario => scenario.Name, "scenario");
        var contenders = ContendersAsync().GetAwaiter().GetResult();
        var results = Results.Open(Path.Combine(options.Out ?? _workshop.Artifacts, "results.json"), options.Append);
        var cores = new Cores(options.Pin);
        try
        {
            foreach (var scenario in scenarios)
            {
                Measure(scenario, contenders, results, cores);
                results.Save(options.Pin);
            }
        }
        finally
        {
            foreach (var server in _running.Values) server.Dispose();
        }
        var plot = Path.ChangeExtension(results.Path, ".svg");
        File.WriteAllText(plot, Plot.Svg(results));
        Console.WriteLine($"\n{new Table(results).Text}\n{watch.Elapsed:m\\:ss} min; {results.Path}, {plot}");
        return Faults.Tell(results, scenarios.Select(scenario => scenario.Name)) ? 1 : 0;
    }

    private void Measure(IScenario scenario, IReadOnlyList<Contender> contenders, Results results, Cores cores)
    {
        contenders = [.. contenders.Where(contender => contender.Abilities.HasFlag(scenario.Needs))];
        results.Forget(scenario.Name, contenders.Select(contender => contender.Name));
        var pace = options.Quick ? Pace.Quick : Pace.Full;
        if (options.Seconds is { } seconds) pace = pace with { Time = TimeSpan.FromSeconds(seconds) };
        var rounds = options.Rounds ?? (options.Quick || scenario.NeedsFreshServer ? 1 : 3);
        Console.WriteLine($"\n{scenario.Name}: {scenario.Title}");
        for (var round = 1; round <= rounds; round++)
            foreach (var contender in contenders)
            {
                var server = Server(contender, scenario.NeedsFreshServer, cores);
                try
                {
                    var measurement = new Measurement(scenario.Name, contender.Name, round, scenario.Measure(server, pace, stop));
                    results.Add(measurement);
                    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {round} {contender.Name,-7} {string.Join("  ", measurement.Figures.Where(figure => figure.Value != 0).Select(figure => $"{figure.Key} {figure.Value:0.##}"))}"));
                }
                finally
                {
                    if (scenario.NeedsFreshServer) server.Dispose();
                }
            }
    }

    private ServerProcess Server(Contender contender, bool fresh, Cores cores)
    {
        if (fresh) return ServerProcess.Start(contender, cores, stop);
        if (!_running.TryGetValue(contender.Name, out var server)) _running[contender.Name] = server = ServerProcess.Start(contender, cores, stop);
        return server;
    }

    private async Task<IReadOnlyList<Contender>> ContendersAsync()
    {
        var relay = options.Relay is { } folder ? new Relay(Path.GetFullPath(folder)) : await Relay.PublishAsync(_workshop, stop);
        var npm = await NpmServers.InstallAsync(_workshop, stop);
        var certificate = Certificate.MakeIn(_workshop.Artifacts);
        List<Contender> all = [relay.On("socket"), relay.On("stream"), npm.Bun, npm.Ws, relay.OverTls(certificate)];
        if (Nginx.OnPath is { } nginx) all.Add(Nginx.InFrontOf(relay.On("socket"), nginx, certificate, Path.Combine(_workshop.Artifacts, "nginx")));
        else Console.WriteLine("nginx is not on PATH: TLS in front of the socket wire is left out.");
        if (options.Servers.Contains("kestrel")) all.Add(relay.OnKestrel());
        return Chosen(all, options.Servers, contender => contender.Name, "server");
    }

    private static IReadOnlyList<T> Chosen<T>(IReadOnlyList<T> all, IReadOnlyList<string> names, Func<T, string> nameOf, string what)
    {
        if (names.Except(all.Select(nameOf)).FirstOrDefault() is { } unknown)
            throw new ArgumentException($"There is no {what} {unknown}: {string.Join(", ", all.Select(nameOf))}");
        return names.Count == 0 ? all : [.. all.Where(one => names.Contains(nameOf(one)))];
    }
}
