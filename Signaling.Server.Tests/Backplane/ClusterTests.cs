using Microsoft.Extensions.DependencyInjection;
using Signaling.Server.Backplane;
using Signaling.Server.Tests.Harness;
using StackExchange.Redis;

namespace Signaling.Server.Tests.Backplane;

public sealed class ClusterTests : BackplaneTest
{
    private RedisCluster? _cluster;

    private RedisCluster Cluster => _cluster!;

    // One of the nodes: servers find the others by themselves, as the user that the docs show.
    private (string, string)[] Settings => [("ConnectionStrings:redis", $"{Redis.ConnectionString},{DocumentedUser.Login},asyncTimeout=30000")];

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        _cluster?.Dispose();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task Rooms_are_spread_over_the_nodes_and_reach_over_servers_on_each_of_them()
    {
        var (one, other) = (await StartRelayAsync(Settings), await StartRelayAsync(Settings));
        await HealthIsAsync(one, "Healthy");
        foreach (var node in Cluster.Nodes)
        {
            var room = await RoomAtAsync(node);
            var alice = await one.EnterAsync(room, "?meta={\"name\":\"Alice\"}");
            var bob = await other.EnterAsync(room);
            Assert.Equal([alice.Id], bob.Roster);
            await alice.NextAsync("join");

            await bob.SayAsync("""{"data":1}""");
            await alice.HearsAsync($$"""{"from":"{{bob.Id}}","data":1}""");
            await alice.SayAsync($$"""{"to":"{{bob.Id}}","data":2}""");
            await bob.HearsAsync($$"""{"from":"{{alice.Id}}","to":"{{bob.Id}}","data":2}""");

            alice.Socket.Cut();
            var back = await other.ResumeAsync(room, alice.Secret, alice.Got);
            Assert.Equal((alice.Id, true), (back.Id, back.Gap));
            Assert.Equal([bob.Id], back.Roster);
            await back.SayAsync("""{"type":"bye"}""");
            await bob.HearsAsync($$"""{"type":"leave","id":"{{alice.Id}}","reason":"closed"}""");

            // Channels are sharded: the other nodes hear nothing of it.
            Assert.Equal("0", await node.AskAsync("PUBSUB", "CHANNELS", "signaling:*"));
            Assert.NotEqual("0", await node.AskAsync("PUBSUB", "SHARDCHANNELS", "signaling:*"));
        }
        Assert.Equal(0, one.Instruments["signaling.backplane.messages.lost"] + other.Instruments["signaling.backplane.messages.lost"]);
    }

    [Fact]
    public async Task When_a_node_dies_the_rooms_of_the_others_go_on_and_its_own_are_of_each_server_alone_until_it_is_back()
    {
        (string, string)[] brief = [("ConnectionStrings:redis", $"{Redis.ConnectionString},{DocumentedUser.Login},asyncTimeout=5000,connectTimeout=2000"), ("Backplane:Patience", "00:00:05"), ("Backplane:Lease", "00:10:00")];
        var (one, other) = (await StartRelayAsync(brief), await StartRelayAsync(brief));
        var needed = await Cluster.HomeOfAsync("signaling:servers");
        var (dying, lasting) = (Cluster.Nodes.First(node => node != needed), Cluster.Nodes.Last(node => node != needed));
        var (alice, bob) = await MeetAsync(await RoomAtAsync(dying), one, other);
        var (carol, dave) = await MeetAsync(await RoomAtAsync(lasting), one, other);

        dying.Kill();
        foreach (var relay in new[] { one, other })
        {
            var topics = relay.Services.GetRequiredService<Topics>();
            await relay.UntilAsync(() => topics is { IsUp: true, Deaf: 1 });
            await HealthIsAsync(relay, "Degraded");
        }
        await carol.SayAsync("""{"data":"still all"}""");
        await HearsAtLastAsync(dave, $$"""{"from":"{{carol.Id}}","data":"still all"}""");
        await dave.SayAsync("""{"data":"and back"}""");
        await HearsAtLastAsync(carol, $$"""{"from":"{{dave.Id}}","data":"and back"}""");
        var erin = await one.EnterAsync(await RoomAtAsync(dying));
        await alice.SayAsync("""{"data":"here alone"}""");
        await erin.HearsAsync($$"""{"from":"{{alice.Id}}","data":"here alone"}""");

        await dying.StartAgainAsync();
        await DocumentedUser.MakeAsync(dying, ofCluster: true);
        foreach (var relay in new[] { one, other }) await UntilServedAsync(relay, await RoomAtAsync(dying, from: 1000));
        // A look at the other servers is a look at what could not be heard, too.
        foreach (var relay in new[] { one, other }) relay.Time.Advance(TimeSpan.FromMinutes(2));
        foreach (var relay in new[] { one, other }) await HealthIsAsync(relay, "Healthy");
        await alice.SayAsync("""{"data":"all again"}""");
        await HearsAtLastAsync(bob, $$"""{"from":"{{alice.Id}}","data":"all again"}""");
        Assert.Equal(new HashSet<string> { alice.Id, bob.Id, erin.Id }, [.. (await other.EnterAsync(await RoomAtAsync(dying))).Roster]);
    }

    // By its node, whom the server's connection has to find again.
    private static async Task UntilServedAsync(TestRelay relay, string room)
    {
        using var watchdog = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        watchdog.CancelAfter(TimeSpan.FromSeconds(60));
        var redis = relay.Services.GetRequiredService<Server.Backplane.Redis>();
        while (true)
        {
            await relay.Http.GetAsync("/alive", watchdog.Token);
            try
            {
                await redis.Database.HashGetAllAsync(redis.Keys.Members(room));
                await (await redis.Subscriber.SubscribeAsync(redis.Keys.Channel(room))).UnsubscribeAsync();
                return;
            }
            catch (Exception away) when (away is RedisException or TimeoutException)
            {
                // Not yet.
            }
        }
    }

    private static async Task<(Member, Member)> MeetAsync(string room, TestRelay one, TestRelay other)
    {
        var first = await one.EnterAsync(room);
        var second = await other.EnterAsync(room);
        await first.NextAsync("join");
        return (first, second);
    }

    // After gaps, and those who came meanwhile.
    private static async Task HearsAtLastAsync(Member member, string json)
    {
        string heard;
        do heard = await member.NextAsync();
        while (heard == """{"type":"gap"}""" || heard.Contains("\"join\"", StringComparison.Ordinal));
        Assert.Equal(json, heard);
    }

    private protected override async Task<RedisServer> StartRedisAsync()
    {
        _cluster = await RedisCluster.StartAsync();
        foreach (var node in Cluster.Nodes) await DocumentedUser.MakeAsync(node, ofCluster: true);
        return Cluster.Nodes[0];
    }

    private async Task<string> RoomAtAsync(RedisServer node, int from = 0)
    {
        var keys = new Keys("signaling", sharded: true);
        for (var number = from; ; number++)
            if (await Cluster.HomeOfAsync($"{keys.Members($"room{number}")}") == node) return $"room{number}";
    }
}
