using Signaling.Bench.Load;
using Signaling.Bench.Servers;

namespace Signaling.Bench.Scale;

/// <summary>Everybody comes, in envelopes: each is in the roster, and is told to all others of the room.</summary>
internal sealed record Joining(string Name, string Title, int Rooms, int RoomSize)
{
    public static IReadOnlyList<Joining> All { get; } =
    [
        new("join-pairs", "1,000 come, 2 in a room", 500, 2),
        new("join-1000", "1,000 come, all in one room", 1, 1000),
    ];

    public SortedDictionary<string, double> Measure(Cluster cluster, Setup setup, Poller poller, TimeSpan settling)
    {
        var crowd = new Crowd(poller, place => cluster.Relays[setup.RelayOf(place, RoomSize)].Port, Rooms, RoomSize, Abilities.Envelopes);
        var before = cluster.Redis?.Count();
        var (cpu, redisCpu) = (cluster.Cpu, cluster.Redis?.Cpu ?? 0);
        crowd.Connect();
        poller.Run(settling);
        var figures = new SortedDictionary<string, double> { [ScaleMetric.JoinCpu] = (cluster.Cpu - cpu) / 1e3 / crowd.Size };
        if (before is not null)
        {
            figures[ScaleMetric.JoinRedisCpu] = (cluster.Redis!.Cpu - redisCpu) / 1e3 / crowd.Size;
            var after = cluster.Redis.Count();
            figures[ScaleMetric.JoinCommands] = (after - before).Commands / crowd.Size;
            // of one room it is less than what else comes and goes in its memory
            if (Rooms > 1) figures[ScaleMetric.RedisBytesPerMember] = (after.Memory - before.Memory) / crowd.Size;
        }

        crowd.Leave();
        return figures;
    }
}
