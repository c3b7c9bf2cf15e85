using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Signaling.Server.Backplane;
using Signaling.Server.Tests.Harness;

namespace Signaling.Server.Tests.Backplane;

public sealed class LeaseTests : BackplaneTest
{
    private const int SigKill = 9;

    private readonly FakeTimeProvider _time = new();

    [Fact]
    public async Task Peers_of_a_server_that_was_killed_leave_with_timeout_and_new_ones_do_not_see_them()
    {
        using var killed = await ServerProcess.StartAsync($"--ConnectionStrings:redis={Redis.ConnectionString}");
        var survivor = await StartRelayAsync();
        var alice = await Member.EnterAsync(await killed.ConnectAsync(), "/room/demo");
        var bob = await survivor.EnterAsync("demo");
        Assert.Equal([alice.Id], bob.Roster);

        killed.Signal(SigKill);
        var leave = bob.NextAsync();
        await PassAsync(survivor, leave);

        Assert.Equal($$"""{"type":"leave","id":"{{alice.Id}}","reason":"timeout"}""", await leave);
        var carol = await (await StartRelayAsync()).EnterAsync("demo");
        Assert.Equal([bob.Id], carol.Roster);
    }

    [Fact]
    public async Task A_peer_of_a_server_that_was_killed_comes_back_on_another_within_the_lease()
    {
        using var killed = await ServerProcess.StartAsync($"--ConnectionStrings:redis={Redis.ConnectionString}");
        var survivor = await StartRelayAsync();
        var alice = await Member.EnterAsync(await killed.ConnectAsync(), "/room/demo");
        var bob = await survivor.EnterAsync("demo");
        killed.Signal(SigKill);
        await killed.ExitAsync();

        var back = await survivor.ResumeAsync("demo", alice.Secret, 0);

        Assert.Equal(alice.Id, back.Id);
        Assert.True(back.Gap);
        await back.SayAsync("""{"data":1}""");
        await bob.HearsAsync($$"""{"from":"{{alice.Id}}","data":1}""");
        // The end of the dead server takes nobody with it who has moved.
        await PassAsync(survivor, AnswerIsAsync("1", "HLEN", "signaling:servers"));
        Assert.Equal(new HashSet<string> { alice.Id, bob.Id }, [.. (await survivor.EnterAsync("demo")).Roster]);
    }

    [Fact]
    public async Task A_server_that_counts_lives_and_one_that_stands_still_for_a_lease_is_dead()
    {
        await using var redis = NewRedis();
        await redis.ConnectAsync();
        var (watcher, counting, still) = (NewServer(redis), NewServer(redis), NewServer(redis));
        await counting.Servers.LookAsync();
        await still.Servers.LookAsync();
        await watcher.Servers.LookAsync();

        var gone = new List<ServerId>();
        var passed = TimeSpan.Zero;
        while (gone.Count == 0)
        {
            Assert.True(watcher.Servers.IsAlive(still.Id));
            _time.Advance(watcher.Servers.Period);
            passed += watcher.Servers.Period;
            await counting.Servers.LookAsync();
            gone.AddRange((await watcher.Servers.LookAsync()).Gone);
        }

        Assert.Equal([still.Id], gone);
        Assert.InRange(passed, TimeSpan.FromSeconds(9), TimeSpan.FromSeconds(15));
        Assert.True(watcher.Servers.IsAlive(counting.Id));
        Assert.False(watcher.Servers.IsAlive(still.Id));
        // It is back, and learns that the others had given it up.
        Assert.True((await still.Servers.LookAsync()).GivenUp);
        await watcher.Servers.LookAsync();
        Assert.True(watcher.Servers.IsAlive(still.Id));
    }

    [Fact]
    public async Task Nobody_dies_of_a_pause_in_which_nobody_could_look()
    {
        await using var redis = NewRedis();
        await redis.ConnectAsync();
        var (watcher, other) = (NewServer(redis), NewServer(redis));
        await other.Servers.LookAsync();
        await watcher.Servers.LookAsync();

        _time.Advance(TimeSpan.FromHours(1));

        Assert.Empty((await watcher.Servers.LookAsync()).Gone);
        await other.Servers.LookAsync();
        Assert.Empty((await watcher.Servers.LookAsync()).Gone);
    }

    [Fact]
    public async Task Redis_is_told_now_and_then_that_somebody_is_still_there_so_that_it_does_not_forget_him()
    {
        await using var redis = NewRedis();
        await redis.ConnectAsync();
        using var watchdog = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        watchdog.CancelAfter(TimeSpan.FromSeconds(60));
        var relay = await StartRelayAsync();
        await relay.EnterAsync("demo");
        var members = $"{Demo.Members("demo")}";
        await AnswerIsAsync("2", "HLEN", members);
        relay.Time.Advance(TimeSpan.FromSeconds(3));
        while ((int)(await redis.Database.HashValuesAsync(Demo.Servers)).Single() < 2) watchdog.Token.ThrowIfCancellationRequested();
        Assert.Equal("1", await Redis.AskAsync("PEXPIRE", members, "900000"));

        relay.Time.Advance(TimeSpan.FromMinutes(20));
        while (await LifetimeAsync() <= 900_000)
        {
            watchdog.Token.ThrowIfCancellationRequested();
            relay.Time.Advance(TimeSpan.FromSeconds(3));
        }

        async Task<long> LifetimeAsync() => long.Parse(await Redis.AskAsync("PTTL", members));
    }

    [Fact]
    public async Task A_member_whom_Redis_does_not_name_any_more_and_his_server_neither_leaves_after_a_lease()
    {
        await using var redis = NewRedis();
        await redis.ConnectAsync();
        var forgetful = NewServer(redis);
        await forgetful.Servers.LookAsync();
        var relay = await StartRelayAsync();
        var alice = await relay.EnterAsync("demo");
        await TellAsync(RecordKind.Put, "bob", [1, 0, .. new byte[64], .. "{}"u8]);
        await alice.HearsAsync("""{"type":"join","id":"bob","meta":{}}""");

        // The relay asks Redis anew, where he is not; his server lives.
        await Redis.AskAsync("CLIENT", "KILL", "TYPE", "pubsub");
        var gap = alice.NextAsync("gap");
        while (!gap.IsCompleted)
        {
            await TellAsync(RecordKind.Seen, "", relay.Services.GetRequiredService<ServerId>().ToArray());
            await relay.Http.GetAsync("/alive", TestContext.Current.CancellationToken);
        }
        await gap;
        var leave = AfterGapsAsync();
        var passed = TimeSpan.Zero;
        while (!leave.IsCompleted)
        {
            await forgetful.Servers.LookAsync();
            relay.Time.Advance(TimeSpan.FromSeconds(3));
            passed += TimeSpan.FromSeconds(3);
            await relay.Http.GetAsync("/alive", TestContext.Current.CancellationToken);
        }

        Assert.Equal("""{"type":"leave","id":"bob","reason":"timeout"}""", await leave);
        Assert.True(passed >= TimeSpan.FromSeconds(15), $"after {passed}");

        async Task<string> AfterGapsAsync()
        {
            string heard;
            do heard = await alice.NextAsync();
            while (heard == """{"type":"gap"}""");
            return heard;
        }

        // As if each were the first that it says, so that none is missed.
        async Task TellAsync(RecordKind kind, string id, byte[] body)
        {
            var writer = new PacketWriter(forgetful.Id);
            writer.Add(kind, id, "", body);
            await redis.Subscriber.PublishAsync(Demo.Channel("demo"), Assert.Single(writer.Take()));
        }
    }

    private static Keys Demo { get; } = new("signaling", sharded: false);

    private Server.Backplane.Redis NewRedis() => new(
        new ConfigurationBuilder().AddInMemoryCollection([new("ConnectionStrings:redis", Redis.ConnectionString)]).Build(),
        Options.Create(new BackplaneOptions()),
        NullLogger<Server.Backplane.Redis>.Instance);

    private (ServerId Id, Servers Servers) NewServer(Server.Backplane.Redis redis)
    {
        var id = ServerId.New();
        return (id, new Servers(redis, Options.Create(new BackplaneOptions()), id, _time));
    }
}
