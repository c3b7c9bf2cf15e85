using Signaling.Bench.Load;
using Signaling.Bench.Servers;

namespace Signaling.Bench.Scale;

/// <summary>Relays that act as one, and the Redis between them; or one relay alone.</summary>
internal sealed class Cluster : IDisposable
{
    private readonly List<ServerProcess> _relays = [];

    private Cluster(RedisServer? redis) => Redis = redis;

    public RedisServer? Redis { get; }

    public IReadOnlyList<ServerProcess> Relays => _relays;

    /// <summary>Nanoseconds that all relays have used together.</summary>
    public long Cpu => _relays.Sum(one => one.Cpu);

    public static Cluster Start(Relay relay, Setup setup, Cores cores, CancellationToken stop)
    {
        var cluster = new Cluster(setup.HasRedis ? RedisServer.Start(cores, stop) : null);
        try
        {
            string[] more = cluster.Redis is { } redis ? [$"--ConnectionStrings:redis={redis.ConnectionString}", "--Drain:Period=0"] : [];
            for (var i = 0; i < setup.Relays; i++) cluster._relays.Add(ServerProcess.Start(relay.On("auto", more), cores, stop));
            return cluster;
        }
        catch
        {
            cluster.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        foreach (var relay in _relays) relay.Dispose();
        Redis?.Dispose();
    }
}
