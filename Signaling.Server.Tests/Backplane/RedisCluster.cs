using System.Collections.Concurrent;

namespace Signaling.Server.Tests.Backplane;

/// <summary>Three masters that are one Redis, each with a third of the slots and no replica. What they write goes away with them.</summary>
internal sealed class RedisCluster : IDisposable
{
    private const int Size = 3;
    private const int Slots = 16_384;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("signaling-cluster");
    private readonly ConcurrentDictionary<int, int> _buses = new();

    private RedisCluster()
    {
    }

    public RedisServer[] Nodes { get; private set; } = [];

    public static async Task<RedisCluster> StartAsync()
    {
        var cluster = new RedisCluster();
        try
        {
            cluster.Nodes = await Task.WhenAll(Enumerable.Range(0, Size).Select(node => RedisServer.StartAsync(() => cluster.Options(node))));
            await cluster.JoinAsync();
            return cluster;
        }
        catch
        {
            cluster.Dispose();
            throw;
        }
    }

    /// <summary>Which of them has a key.</summary>
    public async Task<RedisServer> HomeOfAsync(string key) => Nodes[int.Parse(await Nodes[0].AskAsync("CLUSTER", "KEYSLOT", key)) * Size / Slots];

    public void Dispose()
    {
        foreach (var node in Nodes) node.Dispose();
        _folder.Delete(recursive: true);
    }

    // Where a slot has no master, the other slots go on.
    private string[] Options(int node) =>
    [
        "--cluster-enabled", "yes", "--cluster-announce-ip", "127.0.0.1", "--cluster-port", $"{_buses[node] = RedisServer.FreePort()}",
        "--cluster-config-file", Path.Combine(_folder.FullName, $"{node}.conf"), "--cluster-require-full-coverage", "no",
    ];

    private async Task JoinAsync()
    {
        for (var node = 0; node < Size; node++)
        {
            Assert.Equal("OK", await Nodes[node].AskAsync("CLUSTER", "ADDSLOTSRANGE", $"{First(node)}", $"{First(node + 1) - 1}"));
            Assert.Equal("OK", await Nodes[node].AskAsync("CLUSTER", "SET-CONFIG-EPOCH", $"{node + 1}"));
        }
        for (var node = 1; node < Size; node++) Assert.Equal("OK", await Nodes[0].AskAsync("CLUSTER", "MEET", "127.0.0.1", $"{Nodes[node].Port}", $"{_buses[node]}"));
        using var watchdog = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        watchdog.CancelAfter(TimeSpan.FromSeconds(60));
        foreach (var node in Nodes)
        {
            string info;
            do
            {
                watchdog.Token.ThrowIfCancellationRequested();
                info = await node.AskAsync("CLUSTER", "INFO");
            }
            while (!info.Contains("cluster_state:ok", StringComparison.Ordinal) || !info.Contains($"cluster_slots_ok:{Slots}", StringComparison.Ordinal));
        }
    }

    private static int First(int node) => ((node * Slots) + Size - 1) / Size;
}
