using Signaling.Bench.Load;
using Signaling.Bench.Servers;

namespace Signaling.Bench.Scenarios;

/// <summary>Rooms in which some talk.</summary>
/// <param name="talk">Who says what.</param>
internal sealed class Talking(string name, string title, int rooms, int roomSize, Func<Crowd, Poller, ITalk> talk) : IScenario
{
    public string Name => name;

    public string Title => title;

    public bool NeedsFreshServer => false;

    public Abilities Needs { get; init; } = Abilities.Plain;

    public SortedDictionary<string, double> Measure(ServerProcess server, Pace pace, CancellationToken stop)
    {
        using var poller = new Poller(stop);
        var crowd = new Crowd(poller, server.Port, rooms, roomSize, Needs);
        crowd.Connect();
        var talking = talk(crowd, poller);
        talking.Begin();
        poller.Run(server.IsWarm ? pace.WarmUp : pace.FirstWarmUp);
        server.IsWarm = true;
        var figures = Window.Measure(server, crowd, poller, pace.Time);
        talking.End();
        Window.Close(figures, crowd);
        crowd.Leave();
        return figures;
    }
}
