using Signaling.Bench.Load;
using Signaling.Bench.Report;
using Signaling.Bench.Servers;

namespace Signaling.Bench.Scenarios;

/// <summary>One of a room stops reading: what the others feel of it, and what becomes of it.</summary>
internal sealed class StoppedReader(int roomSize, int perSecond) : IScenario
{
    // 3 MB or so go into the system's buffers, and 1 MB into the relay's: by then the server has to decide.
    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(2.5);
    private const int TooSlow = 4408;

    public string Name => "stopped-reader";

    public string Title => $"a room of {roomSize} at {perSecond:n0} msg/s, and one stops reading";

    public bool NeedsFreshServer => false;

    public Abilities Needs => Abilities.Plain;

    public SortedDictionary<string, double> Measure(ServerProcess server, Pace pace, CancellationToken stop)
    {
        using var poller = new Poller(stop);
        var crowd = new Crowd(poller, server.Port, 1, roomSize);
        crowd.Connect();
        var stopped = roomSize - 1;
        var line = crowd.Lines[stopped];
        var heard = 0L;
        crowd.Received = (receiver, _) => { if (receiver != stopped) heard++; };
        var talk = new FixedRate(crowd, poller, new Letters(false, Sizes.Description), perSecond) { Silent = stopped };
        talk.Begin();
        poller.Run(server.IsWarm ? pace.WarmUp : pace.FirstWarmUp);
        server.IsWarm = true;

        var time = pace.Time < Shortest ? Shortest : pace.Time;
        var figures = Window.Measure(server, crowd, poller, pace.Time < TimeSpan.FromSeconds(1) ? pace.Time : time);
        var memory = server.Memory;
        line.BeDeaf(true);
        var during = Window.Measure(server, crowd, poller, time);
        talk.End();
        figures[Metric.StoppedGrowth] = Math.Max(server.Memory - memory, 0) / 1e6;
        figures[Metric.P99WithStopped] = during[Metric.P99];
        figures[Metric.StoppedRatio] = during[Metric.P99] / figures[Metric.P99];

        var said = crowd.Ledger.Expected / (roomSize - 1) * (roomSize - 2);
        poller.RunUntil(() => heard >= said, TimeSpan.FromSeconds(5));
        // Where the load itself has no CPU to read with, others are too slow as well, and are closed: no message is lost silently.
        figures[Metric.OthersCut] = crowd.Lines.Count(other => other != line && other.CloseCode == TooSlow);
        figures[figures[Metric.OthersCut] == 0 ? Metric.Lost : Metric.LostWithCut] = said - heard;
        // It reads on: is there everything, or is it told that there is not?
        line.BeDeaf(false);
        poller.RunUntil(() => crowd.Ledger.Lost <= said - heard || line.State is LineState.Closed, TimeSpan.FromSeconds(3));
        figures[Metric.StoppedLost] = crowd.Ledger.Lost - (said - heard);
        figures[Metric.StoppedClosed] = line switch { { CloseCode: > 0 } => line.CloseCode, { State: LineState.Closed } => 1006, _ => 0 };
        figures[Metric.Duplicates] = crowd.Ledger.Duplicates;
        figures[Metric.Strayed] = crowd.Ledger.Strayed;
        crowd.Leave();
        return figures;
    }
}
