using Signaling.Server.Tests.Harness;

namespace Signaling.Server.Tests.Backplane;

public sealed class ClusterTests : BackplaneTest
{
    protected override string[] RedisOptions =>
    [
        "--cluster-enabled", "yes", "--cluster-port", $"{RedisServer.FreePort()}", "--cluster-announce-ip", "127.0.0.1",
        "--cluster-config-file", Path.Combine(Path.GetTempPath(), $"{Path.GetRandomFileName()}.conf"),
    ];

    [Fact]
    public async Task Where_Redis_is_a_cluster_channels_are_sharded()
    {
        Assert.Equal("OK", await Redis.AskAsync("CLUSTER", "ADDSLOTSRANGE", "0", "16383"));
        string info;
        do info = await Redis.AskAsync("CLUSTER", "INFO");
        while (!info.Contains("cluster_state:ok", StringComparison.Ordinal));
        var (one, other) = (await StartRelayAsync(), await StartRelayAsync());
        var alice = await one.EnterAsync("demo");
        var bob = await other.EnterAsync("demo");
        Assert.Equal([alice.Id], bob.Roster);
        await alice.NextAsync("join");

        await bob.SayAsync("""{"data":1}""");
        await alice.HearsAsync($$"""{"from":"{{bob.Id}}","data":1}""");
        var back = await one.ResumeAsync("demo", bob.Secret, 0);
        Assert.Equal(bob.Id, back.Id);

        Assert.Equal("0", await Redis.AskAsync("PUBSUB", "CHANNELS", "signaling:*"));
        Assert.Equal("1", await Redis.AskAsync("PUBSUB", "SHARDCHANNELS", "signaling:*"));
    }
}
