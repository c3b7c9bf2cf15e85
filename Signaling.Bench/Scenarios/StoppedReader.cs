using Signaling.Bench.Load;
using Signaling.Bench.Report;
using Signaling.Bench.Servers;

namespace Signaling.Bench.Scenarios;

/// <summary>One of a room stops reading: what the others feel of it, and what becomes of it.</summary>
internal sealed class StoppedReader(int roomSize, int perSecond) : IScenario
{
    public string Name => "stopped-reader";

    public string Title => $"a room of {roomSize} at {perSecond:n0} msg/s, and one stops reading";

    public bool NeedsFreshServer => false;

    public SortedDictionary<string, double> Measure(ServerProcess server, Pace pace, CancellationToken stop)
    {
        using var poller = new Poller(stop);
        var crowd = new Crowd(poller, server.Port, 1, roomSize, envelope: false);
        crowd.Connect();
        var last = roomSize - 1;
        var heardByOthers = 0L;
        var saidByOthers = 0L;
        crowd.Received = (receiver, _) => { if (receiver != last) heardByOthers++; };
        var talk = new FixedRate(crowd, poller, new Letters(false, Sizes.Mixed), perSecond) { Silent = last };
        talk.Begin();
        poller.Run(server.IsWarm ? pace.WarmUp : pace.FirstWarmUp);
        server.IsWarm = true;

        var figures = Window.Measure(server, crowd, poller, pace.Time);
        var memory = server.Memory;
        crowd.Lines[last].BeDeaf(true);
        // What the system takes for it, some 3 MB, is full by now, and the server has to decide what to do.
        poller.Run(pace.Time);
        var stopped = Window.Measure(server, crowd, poller, pace.Time);
        talk.End();
        figures[Metric.StoppedGrowth] = Math.Max(server.Memory - memory, 0) / 1e6;
        figures[Metric.P99WithStopped] = stopped[Metric.P99];
        figures[Metric.StoppedRatio] = stopped[Metric.P99] / figures[Metric.P99];

        saidByOthers = crowd.Ledger.Expected / (roomSize - 1) * (roomSize - 2);
        poller.RunUntil(() => heardByOthers >= saidByOthers, TimeSpan.FromSeconds(5));
        // It reads on: is there everything, or was it told that there is not?
        crowd.Lines[last].BeDeaf(false);
        poller.RunUntil(() => crowd.Ledger.Lost <= 0 || crowd.Lines[last].State is LineState.Closed, TimeSpan.FromSeconds(3));
        figures[Metric.StoppedLost] = crowd.Ledger.Lost - (saidByOthers - heardByOthers);
        figures[Metric.StoppedClosed] = crowd.Lines[last].CloseCode > 0 ? crowd.Lines[last].CloseCode : crowd.Lines[last].State is LineState.Closed ? 1006 : 0;
        figures[Metric.Lost] = saidByOthers - heardByOthers;
        figures[Metric.Duplicates] = crowd.Ledger.Duplicates;
        figures[Metric.Strayed] = crowd.Ledger.Strayed;
        crowd.Leave();
        return figures;
    }
}
