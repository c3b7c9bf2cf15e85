using System.Diagnostics;
using Signaling.Bench.Load;
using Signaling.Bench.Report;
using Signaling.Bench.Servers;

namespace Signaling.Bench.Scenarios;

/// <summary>Many connect, and say nothing: what connecting costs, and what it costs that they are there.</summary>
internal sealed class Idling : IScenario
{
    private const int WarmUp = 200;
    private const int Rehearsals = 2;
    private const int Performances = 3;

    public string Name => "idle";

    public string Title => "10,000 connect and are idle, two in a room (1,000 with --quick)";

    public bool NeedsFreshServer => true;

    public Abilities Needs => Abilities.Plain;

    public SortedDictionary<string, double> Measure(ServerProcess server, Pace pace, CancellationToken stop)
    {
        var connections = pace.Idlers;
        // What the first few cost is the program's own: code that is compiled, pages that are touched.
        Connect(server, WarmUp, (_, _) => { }, pace, stop);
        var memory = server.Memory;
        var figures = new SortedDictionary<string, double>();
        Connect(server, connections, (crowd, poller) =>
        {
            poller.Run(pace.Settling);
            figures[Metric.IdleKilobytes] = (server.Memory - memory) / 1024.0 / connections;
            figures[Metric.Lost] = connections - crowd.Open;
        }, pace, stop);
        // Those were the first that the process saw many of: its compiler is still at work for the next, too.
        for (var i = 0; i < Rehearsals; i++) Connect(server, connections, (_, _) => { }, pace, stop);
        var (costs, rates) = (new List<double>(), new List<double>());
        for (var i = 0; i < Performances; i++)
        {
            var (used, since) = (server.Cpu, Stopwatch.GetTimestamp());
            Connect(server, connections, (crowd, poller) =>
            {
                costs.Add((server.Cpu - used) / 1e3 / connections);
                rates.Add(connections / Stopwatch.GetElapsedTime(since).TotalSeconds);
                if (costs.Count == Performances) figures[Metric.IdleCpu] = CpuWhileIdle(server, poller, pace);
                figures[Metric.Lost] += connections - crowd.Open;
            }, pace, stop);
        }
        figures[Metric.ConnectCpu] = Statistics.Median(costs);
        figures[Metric.ConnectsPerSecond] = Statistics.Median(rates);
        return figures;
    }

    private static double CpuWhileIdle(ServerProcess server, Poller poller, Pace pace)
    {
        poller.Run(pace.Settling);
        var (cpu, begun) = (server.Cpu, Stopwatch.GetTimestamp());
        poller.Run(pace.Idle);
        return (server.Cpu - cpu) / Stopwatch.GetElapsedTime(begun).TotalNanoseconds;
    }

    private static void Connect(ServerProcess server, int lines, Action<Crowd, Poller> then, Pace pace, CancellationToken stop)
    {
        using var poller = new Poller(stop);
        var crowd = new Crowd(poller, server.Port, lines / 2, 2);
        crowd.Connect();
        then(crowd, poller);
        crowd.Leave();
        poller.Run(pace.Settling / 3);
    }
}
