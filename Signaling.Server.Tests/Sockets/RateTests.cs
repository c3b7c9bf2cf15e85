using Signaling.Server.Sockets;
using Signaling.Server.Tests.Harness;

namespace Signaling.Server.Tests.Sockets;

public sealed class RateTests
{
    [Fact]
    public async Task A_burst_passes_and_one_message_more_closes_4429()
    {
        await using var relay = await TestRelay.StartAsync(("Limits:MessagesPerSecond", "10"), ("Limits:Burst", "20"));
        var alice = await relay.JoinAsync("demo");
        var bob = await relay.JoinAsync("demo");

        for (var i = 0; i < 21; i++) await alice.SayAsync($"{i}");

        for (var i = 0; i < 20; i++) Assert.Equal($"{i}", (await bob.NextAsync()).Text);
        Assert.Equal(4429, (await alice.CloseAsync()).CloseCode);
        await alice.SayCloseAsync();
        await relay.Instruments.IsAsync("signaling.evictions", 1, "too-many-messages");
        await relay.Instruments.IsAsync("signaling.messages.delivered", 20);
    }

    [Fact]
    public async Task A_second_gives_back_what_may_be_said_in_a_second_and_no_more()
    {
        await using var relay = await TestRelay.StartAsync(("Limits:MessagesPerSecond", "10"), ("Limits:Burst", "20"));
        var alice = await relay.JoinAsync("demo");
        var bob = await relay.JoinAsync("demo");
        for (var i = 0; i < 20; i++) await alice.SayAsync("first");
        for (var i = 0; i < 20; i++) await bob.NextAsync();

        relay.Time.Advance(TimeSpan.FromSeconds(1));
        for (var i = 0; i < 11; i++) await alice.SayAsync("then");

        for (var i = 0; i < 10; i++) Assert.Equal("then", (await bob.NextAsync()).Text);
        Assert.Equal(4429, (await alice.CloseAsync()).CloseCode);
    }

    [Theory]
    [InlineData(9, 12)]
    [InlineData(10, 6)]
    [InlineData(19, 6)]
    [InlineData(20, 4)]
    public async Task A_message_to_many_costs_one_more_for_every_ten(int receivers, int messages)
    {
        await using var relay = await TestRelay.StartAsync(("Limits:MessagesPerSecond", "1"), ("Limits:Burst", "12"));
        var alice = await relay.JoinAsync("demo");
        for (var i = 0; i < receivers; i++) await relay.JoinAsync("demo");

        for (var i = 0; i <= messages; i++) await alice.SayAsync("hello");

        Assert.Equal(4429, (await alice.CloseAsync()).CloseCode);
        await relay.Instruments.IsAsync("signaling.messages.delivered", receivers * messages);
    }

    [Fact]
    public async Task A_room_larger_than_the_burst_can_still_be_talked_to()
    {
        await using var relay = await TestRelay.StartAsync(("Limits:MessagesPerSecond", "1"), ("Limits:Burst", "1"));
        var alice = await relay.JoinAsync("demo");
        for (var i = 0; i < 19; i++) await relay.JoinAsync("demo");
        var bob = await relay.JoinAsync("demo");

        await alice.SayAsync("hello");
        Assert.Equal("hello", (await bob.NextAsync()).Text);
    }

    [Fact]
    public async Task Pings_are_answered_up_to_their_own_limit_and_one_more_closes_1008()
    {
        await using var relay = await TestRelay.StartAsync(("Limits:PingsPerSecond", "1"));
        var alice = await relay.JoinAsync("demo");

        for (var i = 0; i < 10; i++) await alice.SayAsync(Opcode.Ping, []);
        for (var i = 0; i < 10; i++) Assert.Equal(Opcode.Pong, (await alice.NextFrameAsync()).Opcode);
        relay.Time.Advance(TimeSpan.FromSeconds(1));
        await alice.SayAsync(Opcode.Ping, []);
        Assert.Equal(Opcode.Pong, (await alice.NextFrameAsync()).Opcode);

        await alice.SayAsync(Opcode.Ping, []);
        var close = await alice.NextFrameAsync();
        Assert.Equal(1008, close.CloseCode);
        Assert.Contains("Limits:PingsPerSecond", close.CloseText, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Opcode.Ping)]
    [InlineData(Opcode.Pong)]
    public async Task A_flood_of_control_frames_ends_its_sender_and_hurts_nobody_else(Opcode opcode)
    {
        await using var relay = await TestRelay.StartAsync();
        var mallory = await relay.JoinAsync("demo");
        var alice = await relay.JoinAsync("demo");
        var bob = await relay.JoinAsync("demo");

        await mallory.SendAsync(Enumerable.Repeat(Client.Encode(opcode, new byte[125]), 20_000).SelectMany(frame => frame).ToArray());
        Assert.Equal(1008, (await mallory.CloseAsync()).CloseCode);
        mallory.Cut();

        await alice.SayAsync("hello");
        Assert.Equal("hello", (await bob.NextAsync()).Text);
        await relay.Instruments.IsAsync("signaling.evictions", 1, "too-many-pings");
    }

    [Fact]
    public async Task A_limit_of_zero_is_none()
    {
        await using var relay = await TestRelay.StartAsync(("Limits:PingsPerSecond", "0"), ("Limits:MessagesPerSecond", "0"), ("Limits:Burst", "1"));
        var alice = await relay.JoinAsync("demo");
        var bob = await relay.JoinAsync("demo");
        for (var i = 0; i < 1000; i++)
        {
            await alice.SayAsync(Opcode.Ping, []);
            await alice.SayAsync("hello");
        }
        for (var i = 0; i < 1000; i++) await bob.NextAsync();
    }

    [Fact]
    public async Task A_message_in_pieces_of_one_byte_arrives_whole_and_one_piece_too_many_closes_1008()
    {
        await using var relay = await TestRelay.StartAsync();
        var alice = await relay.JoinAsync("demo");
        var bob = await relay.JoinAsync("demo");

        await SayInPiecesAsync(alice, 1024);
        Assert.Equal(1024, (await bob.NextAsync()).Payload.Length);

        await SayInPiecesAsync(alice, 1025);
        Assert.Equal(1008, (await alice.CloseAsync()).CloseCode);
    }

    private static Task SayInPiecesAsync(Client client, int pieces) =>
        client.SendAsync(Enumerable.Range(1, pieces).SelectMany(i => Client.Encode(i == 1 ? Opcode.Binary : Opcode.Continuation, [7], final: i == pieces)).ToArray());
}
