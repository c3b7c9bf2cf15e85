using System.Text;
using Signaling.Server.Backplane;
using Signaling.Server.Sockets;
using Signaling.Server.Tests.Harness;
using StackExchange.Redis;

namespace Signaling.Server.Tests.Backplane;

public sealed class HostileRedisTests : BackplaneTest
{
    private static readonly Keys Keys = new("signaling", sharded: false);
    private static readonly byte[] Text = FrameEncoder.Encode(Opcode.Text, "hello"u8).Wire.ToArray();

    public static TheoryData<string> Malformed { get; } = new("empty", "junk", "another version", "cut short", "unknown kind", "long id", "no frame", "half a frame", "a masked frame", "a control frame", "no UTF-8");

    [Theory]
    [MemberData(nameof(Malformed))]
    public async Task What_is_published_by_somebody_else_is_dropped_and_counted(string what)
    {
        var relay = await StartRelayAsync();
        var alice = await relay.JoinAsync("demo");
        var bob = await relay.JoinAsync("demo");

        await PublishAsync(Bytes(what));

        await relay.Instruments.IsAsync("signaling.backplane.malformed", 1);
        await alice.SayAsync("still here");
        Assert.Equal("still here", (await bob.NextAsync()).Text);
    }

    [Fact]
    public async Task Members_that_somebody_else_has_written_are_dropped_and_counted()
    {
        await using var redis = await ConnectionMultiplexer.ConnectAsync(Redis.ConnectionString);
        var members = Keys.Members("demo");
        await redis.GetDatabase().HashSetAsync(members, [new("junk", "junk"), new(new byte[] { 0xFF }, "junk"), new("", "junk")]);
        var relay = await StartRelayAsync();

        var alice = await relay.EnterAsync("demo");

        Assert.Empty(alice.Roster);
        await relay.Instruments.IsAsync("signaling.backplane.malformed", 3);
    }

    [Fact]
    public async Task A_member_of_a_server_that_nobody_knows_is_no_ghost_and_is_cleared_away()
    {
        await using var redis = await ConnectionMultiplexer.ConnectAsync(Redis.ConnectionString);
        await redis.GetDatabase().HashSetAsync(Keys.Members("demo"), "ghost", new Entry(ServerId.New(), new byte[80]).ToArray());
        var relay = await StartRelayAsync();

        var alice = await relay.EnterAsync("demo");

        Assert.Empty(alice.Roster);
        using var watchdog = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (await redis.GetDatabase().HashExistsAsync(Keys.Members("demo"), "ghost")) watchdog.Token.ThrowIfCancellationRequested();
    }

    [Fact]
    public async Task A_member_with_an_id_or_metadata_that_no_server_makes_is_not_shown()
    {
        var relay = await StartRelayAsync();
        var alice = await relay.EnterAsync("demo");
        byte[] good = [1, 0, .. new byte[64], .. "{}"u8];

        await PublishAsync(Packet(RecordKind.Put, "a\"b", good), Packet(RecordKind.Put, "fine", [1, 2, 3]), Packet(RecordKind.Put, "fine", [.. good, .. "}"u8]), Packet(RecordKind.Put, "fine", good));

        await alice.HearsAsync("""{"type":"join","id":"fine","meta":{}}""");
        // Nor does it say what members cannot say.
        await PublishAsync(Packet(RecordKind.Said, "fine", Text));
        await alice.HearsNothingAsync();
    }

    [Fact]
    public void No_name_can_forge_the_key_of_another()
    {
        string[] names = ["demo", "Demo", "", "demo:members", "{demo}", "servers", "y-webrtc:demo", "peerjs:demo", "*", "demo\r\nDEL x"];
        var keys = names.Select(name => Keys.Members(name).ToString()).ToArray();

        Assert.Equal(names.Length, keys.Distinct().Count());
        Assert.All(keys, key => Assert.Matches(@"^signaling:\{[A-Za-z0-9_-]{22}\}:members$", key));
        Assert.All(names, name => Assert.Matches(@"^signaling:\{[A-Za-z0-9_-]{22}\}$", $"{Keys.Channel(name)}"));
    }

    private static byte[] Bytes(string what) => what switch
    {
        "empty" => [],
        "junk" => Encoding.UTF8.GetBytes(new string('x', 100)),
        "another version" => [2, .. Packet(RecordKind.SaidByStranger, "x", Text)[1..]],
        "cut short" => Packet(RecordKind.SaidByStranger, "x", Text)[..^1],
        "unknown kind" => Packet((RecordKind)99, "x", Text),
        "long id" => Packet(RecordKind.SaidByStranger, new string('x', 600), Text),
        "no frame" => Packet(RecordKind.SaidByStranger, "x", []),
        "half a frame" => Packet(RecordKind.SaidByStranger, "x", Text[..^1]),
        "a masked frame" => Packet(RecordKind.SaidByStranger, "x", Client.Encode(Opcode.Text, "hello"u8)),
        "a control frame" => Packet(RecordKind.SaidByStranger, "x", FrameEncoder.Encode(Opcode.Ping, []).Wire.ToArray()),
        _ => Packet(RecordKind.SaidByStranger, "x", FrameEncoder.Encode(Opcode.Text, [0xFF, 0xFE]).Wire.ToArray()),
    };

    private static byte[] Packet(RecordKind kind, string id, byte[] body)
    {
        var writer = new PacketWriter(ServerId.New());
        writer.Add(kind, id, "", body);
        return Assert.Single(writer.Take());
    }

    private async Task PublishAsync(params byte[][] packets)
    {
        await using var redis = await ConnectionMultiplexer.ConnectAsync(Redis.ConnectionString);
        foreach (var packet in packets) Assert.Equal(1, await redis.GetSubscriber().PublishAsync(Keys.Channel("demo"), packet));
    }
}
