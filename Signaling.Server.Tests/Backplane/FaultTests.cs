using System.Net;
using Signaling.Server.Tests.Harness;

namespace Signaling.Server.Tests.Backplane;

public sealed class FaultTests : BackplaneTest
{
    // Time limits that the faults of these tests run into soon.
    private (string, string)[] Brief =>
        [("ConnectionStrings:redis", $"{Redis.ConnectionString},asyncTimeout=2000,syncTimeout=2000,connectTimeout=2000"), ("Backplane:Patience", "00:00:01")];

    [Fact]
    public async Task While_Redis_is_dead_rooms_go_on_and_afterwards_the_servers_find_each_other_without_ghosts_or_doubles()
    {
        var (one, other) = (await StartRelayAsync(Brief), await StartRelayAsync(Brief));
        var alice = await one.EnterAsync("demo");
        var bob = await other.EnterAsync("demo");
        await alice.NextAsync("join");

        Redis.Kill();
        await HealthIsAsync(one, "Degraded");
        await HealthIsAsync(other, "Degraded");
        var carol = await one.EnterAsync("demo");
        await alice.NextAsync("join");
        await carol.SayAsync("""{"data":"on this server"}""");
        await alice.HearsAsync($$"""{"from":"{{carol.Id}}","data":"on this server"}""");

        await Redis.StartAgainAsync();
        await HealthIsAsync(one, "Healthy");
        await HealthIsAsync(other, "Healthy");

        // Nobody was told of a leave or a second join; Bob hears of Carol, and everybody that something may be missing.
        var heard = new HashSet<string>();
        while (!heard.IsSupersetOf(["join", "gap"]))
        {
            var next = await bob.NextJsonAsync();
            if (next.TryGetProperty("type", out var type)) Assert.True(heard.Add(type.GetString()!) || type.GetString() == "gap", $"{next}");
        }
        Assert.Equal(2, heard.Count);
        await GapAsync(alice);
        await GapAsync(carol);
        await bob.SayAsync("""{"data":"to all"}""");
        await PassGapsAsync(alice, $$"""{"from":"{{bob.Id}}","data":"to all"}""");
        await PassGapsAsync(carol, $$"""{"from":"{{bob.Id}}","data":"to all"}""");

        var dave = await other.EnterAsync("demo");
        Assert.Equal(3, dave.Roster.Length);
        Assert.Equal(new HashSet<string> { alice.Id, bob.Id, carol.Id }, [.. dave.Roster]);
    }

    [Fact]
    public async Task When_the_primary_dies_the_servers_go_on_with_the_replica_that_takes_its_place()
    {
        using var replica = await RedisServer.StartAsync("--replicaof", "127.0.0.1", $"{Redis.Port}");
        await AnswerHasAsync(replica, "master_link_status:up", "INFO", "replication");
        (string, string)[] both = [.. Brief, ("ConnectionStrings:redis", $"{Redis.ConnectionString},{replica.ConnectionString},asyncTimeout=2000,syncTimeout=2000,connectTimeout=2000")];
        var (one, other) = (await StartRelayAsync(both), await StartRelayAsync(both));
        var alice = await one.EnterAsync("demo");
        var bob = await other.EnterAsync("demo");
        await alice.NextAsync("join");

        Redis.Kill();
        await HealthIsAsync(one, "Degraded");
        await HealthIsAsync(other, "Degraded");
        Assert.Equal("OK", await replica.AskAsync("REPLICAOF", "NO", "ONE"));
        await HealthIsAsync(one, "Healthy");
        await HealthIsAsync(other, "Healthy");

        await bob.SayAsync("""{"data":"over the new one"}""");
        await PassGapsAsync(alice, $$"""{"from":"{{bob.Id}}","data":"over the new one"}""");
        var carol = await other.EnterAsync("demo");
        Assert.Equal(new HashSet<string> { alice.Id, bob.Id }, [.. carol.Roster]);
    }

    [Fact]
    public async Task Without_Redis_at_the_start_a_server_works_alone_and_joins_the_others_when_it_comes()
    {
        Redis.Kill();
        var (one, other) = (await StartRelayAsync(Brief), await StartRelayAsync(Brief));
        await HealthIsAsync(one, "Degraded");
        var alice = await one.EnterAsync("demo");
        var bob = await other.EnterAsync("demo");
        Assert.Empty(bob.Roster);

        await Redis.StartAgainAsync();

        var heard = new List<string>();
        while (!heard.Contains(bob.Id))
        {
            var next = await alice.NextJsonAsync();
            if (next.GetProperty("type").GetString() == "join") heard.Add(next.GetProperty("id").GetString()!);
            else Assert.Equal("gap", next.GetProperty("type").GetString());
        }
        await HealthIsAsync(one, "Healthy");
    }

    [Fact]
    public async Task A_Redis_that_does_not_answer_keeps_nobody_out_and_holds_nobody_up()
    {
        var (one, other) = (await StartRelayAsync(Brief), await StartRelayAsync(Brief));
        var alice = await one.EnterAsync("demo");
        var bob = await other.EnterAsync("demo");
        await alice.NextAsync("join");

        Redis.Freeze();
        try
        {
            var carol = await one.EnterAsync("demo");
            await alice.NextAsync("join");
            await alice.SayAsync("""{"data":1}""");
            await carol.HearsAsync($$"""{"from":"{{alice.Id}}","data":1}""");
            // A room that is new on its server has to ask Redis, and does not wait for ever.
            await one.EnterAsync("another");
            await HealthIsAsync(one, "Degraded");
        }
        finally
        {
            Redis.Thaw();
        }

        await HealthIsAsync(one, "Healthy");
        await HealthIsAsync(other, "Healthy");
        await bob.SayAsync("""{"data":"after that"}""");
        await PassGapsAsync(alice, $$"""{"from":"{{bob.Id}}","data":"after that"}""");
    }

    [Fact]
    public async Task A_Redis_that_is_full_still_carries_messages_and_keeps_who_is_here_once_it_has_room()
    {
        var (one, other) = (await StartRelayAsync(), await StartRelayAsync());
        var alice = await one.EnterAsync("demo");
        var bob = await other.EnterAsync("demo");
        await alice.NextAsync("join");
        await Redis.AskAsync("CONFIG", "SET", "maxmemory", "1");

        var carol = await one.EnterAsync("demo");
        await bob.HearsAsync($$$"""{"type":"join","id":"{{{carol.Id}}}","meta":{}}""");
        await carol.SayAsync("""{"data":1}""");
        await bob.HearsAsync($$"""{"from":"{{carol.Id}}","data":1}""");
        await HealthIsAsync(one, "Degraded");

        await Redis.AskAsync("CONFIG", "SET", "maxmemory", "0");
        one.Time.Advance(TimeSpan.FromSeconds(3));
        // Three peers and two servers.
        await AnswerIsAsync("5", "HLEN", MembersOfDemo);
        await HealthIsAsync(one, "Healthy");
        Assert.Equal(3, (await (await StartRelayAsync()).EnterAsync("demo")).Roster.Length);
    }

    [Fact]
    public async Task A_server_that_is_cut_off_is_given_up_by_the_others_and_comes_back_with_its_peers()
    {
        using var wire = new CuttableWire(Redis.Port);
        var one = await StartRelayAsync();
        var cut = await StartRelayAsync([.. Brief, ("ConnectionStrings:redis", $"127.0.0.1:{wire.Port},asyncTimeout=2000,syncTimeout=2000,connectTimeout=2000")]);
        var alice = await one.EnterAsync("demo");
        var bob = await cut.EnterAsync("demo");
        var carol = await cut.EnterAsync("demo");
        await alice.NextAsync("join");
        await alice.NextAsync("join");
        await bob.NextAsync("join");

        wire.IsCut = true;
        await bob.SayAsync("""{"data":"among us"}""");
        await carol.HearsAsync($$"""{"from":"{{bob.Id}}","data":"among us"}""");
        await HealthIsAsync(cut, "Degraded");
        var (first, second) = (alice.NextAsync(), Task.CompletedTask);
        await PassAsync(one, first);
        Assert.Contains("""{"type":"leave","id":""", await first, StringComparison.Ordinal);
        Assert.Contains("""{"type":"leave","id":""", await alice.NextAsync(), StringComparison.Ordinal);

        wire.IsCut = false;
        await HealthIsAsync(cut, "Healthy");

        // Both come again; what was said while they were away may be lost, and then Alice is told of a gap.
        var back = new HashSet<string>();
        while (back.Count < 2)
        {
            var next = await alice.NextJsonAsync();
            if (next.TryGetProperty("type", out var type) && type.GetString() == "join") back.Add(next.GetProperty("id").GetString()!);
        }
        Assert.Equal(new HashSet<string> { bob.Id, carol.Id }, back);
        // Bob never lost sight of Alice, and knows that he may have missed something.
        await GapAsync(bob);
        await alice.SayAsync("""{"data":"welcome back"}""");
        await PassGapsAsync(bob, $$"""{"from":"{{alice.Id}}","data":"welcome back"}""");
    }

    [Fact]
    public async Task A_server_without_Redis_can_say_that_it_is_not_ready()
    {
        var one = await StartRelayAsync([.. Brief, ("Backplane:Readiness", "Unready")]);
        Redis.Kill();

        HttpStatusCode status;
        using var watchdog = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        watchdog.CancelAfter(TimeSpan.FromSeconds(60));
        do status = (await one.Http.GetAsync("/health", watchdog.Token)).StatusCode;
        while (status == HttpStatusCode.OK);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, status);
        Assert.Equal(HttpStatusCode.OK, (await one.Http.GetAsync("/alive", TestContext.Current.CancellationToken)).StatusCode);
    }

    [Fact]
    public async Task What_does_not_fit_into_the_queue_is_lost_and_the_others_are_told_that_something_is_missing()
    {
        var one = await StartRelayAsync([.. Brief, ("Backplane:QueueBytes", "65536")]);
        var other = await StartRelayAsync(Brief);
        var alice = await one.EnterAsync("demo");
        var bob = await other.EnterAsync("demo");
        await alice.NextAsync("join");

        Redis.Freeze();
        for (var i = 0; i < 10; i++) await alice.SayAsync($$"""{"data":"{{new string('x', 20_000)}}"}""");
        await alice.HearsNothingAsync();
        Assert.InRange(one.Instruments["signaling.backplane.messages.lost", "queue-full"], 1, 10);
        Redis.Thaw();

        await GapAsync(bob);
    }

    private static Task GapAsync(Member member) => PassAsync(member, """{"type":"gap"}""", []);

    // What was said before the fault may come late, or not at all: then the gap says so.
    private static Task PassGapsAsync(Member member, string until) => PassAsync(member, until, ["""{"type":"gap"}"""]);

    private static async Task PassAsync(Member member, string until, string[] over)
    {
        string heard;
        do heard = await member.NextAsync();
        while (heard != until && (over.Contains(heard) || heard.Contains("\"from\"", StringComparison.Ordinal) || heard.Contains("\"join\"", StringComparison.Ordinal)));
        Assert.Equal(until, heard);
    }

    private static string MembersOfDemo => new Server.Backplane.Keys("signaling", sharded: false).Members("demo").ToString();

    private static async Task AnswerHasAsync(RedisServer redis, string text, params string[] words)
    {
        using var watchdog = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        watchdog.CancelAfter(TimeSpan.FromSeconds(60));
        while (!(await redis.AskAsync(words)).Contains(text, StringComparison.Ordinal)) watchdog.Token.ThrowIfCancellationRequested();
    }
}
