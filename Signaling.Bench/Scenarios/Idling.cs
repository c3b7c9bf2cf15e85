using System.Diagnostics;
using Signaling.Bench.Load;
using Signaling.Bench.Report;
using Signaling.Bench.Servers;

namespace Signaling.Bench.Scenarios;

/// <summary>Many connect, and say nothing: what connecting costs, and what it costs that they are there.</summary>
internal sealed class Idling(int connections) : IScenario
{
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(3);

    public string Name => "idle";

    public string Title => $"{connections:n0} connect and are idle, two in a room";

    public bool NeedsFreshServer => true;

    public SortedDictionary<string, double> Measure(ServerProcess server, Pace pace, CancellationToken stop)
    {
        WarmUp(server, stop);
        using var poller = new Poller(stop);
        var crowd = new Crowd(poller, server.Port, connections / 2, 2, envelope: false);
        var (memory, cpu, begun) = (server.Memory, server.Cpu, Stopwatch.GetTimestamp());
        crowd.Connect();
        var connecting = Stopwatch.GetElapsedTime(begun);
        cpu = server.Cpu - cpu;
        poller.Run(Settling);
        memory = server.Memory - memory;
        var (idle, idleBegun) = (server.Cpu, Stopwatch.GetTimestamp());
        poller.Run(pace.Idle);
        var figures = new SortedDictionary<string, double>
        {
            [Metric.ConnectCpu] = cpu / 1e3 / connections,
            [Metric.ConnectsPerSecond] = connections / connecting.TotalSeconds,
            [Metric.IdleKilobytes] = memory / 1024.0 / connections,
            [Metric.IdleCpu] = (server.Cpu - idle) / Stopwatch.GetElapsedTime(idleBegun).TotalNanoseconds,
            [Metric.Lost] = connections - crowd.Open,
        };
        crowd.Leave();
        return figures;
    }

    // As a server is that has been up for a while: it has seen a thousand come, speak and go.
    private static void WarmUp(ServerProcess server, CancellationToken stop)
    {
        for (var i = 0; i < 4; i++)
        {
            using var poller = new Poller(stop);
            var crowd = new Crowd(poller, server.Port, 500, 2, envelope: false);
            crowd.Connect();
            var talk = new PingPong(crowd, new Letters(false, Sizes.Mixed));
            talk.Begin();
            poller.Run(TimeSpan.FromSeconds(0.5));
            talk.End();
            crowd.Settle();
            crowd.Leave();
            poller.Run(TimeSpan.FromSeconds(0.5));
        }
    }
}
