using System.Security.Cryptography;
using Signaling.Server.Sockets;
using Signaling.Server.Tests.Harness;

namespace Signaling.Server.Tests.Protocols.Raw;

public sealed class RawRoomTests
{
    [Fact]
    public async Task What_one_says_all_others_hear_and_the_sender_does_not()
    {
        await using var relay = await TestRelay.StartAsync();
        var alice = await relay.JoinAsync("demo");
        var bob = await relay.JoinAsync("demo");
        var carol = await relay.JoinAsync("demo");

        await alice.SayAsync("hello");
        Assert.Equal("hello", (await bob.NextAsync()).Text);
        Assert.Equal("hello", (await carol.NextAsync()).Text);

        // The next thing that the sender hears is somebody else's.
        await bob.SayAsync("hello, alice");
        Assert.Equal("hello, alice", (await alice.NextAsync()).Text);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(125)]
    [InlineData(126)]
    [InlineData(65_535)]
    [InlineData(65_536)]
    public async Task Every_byte_arrives_as_it_was_sent(int size)
    {
        await using var relay = await TestRelay.StartAsync();
        var alice = await relay.JoinAsync("demo");
        var bob = await relay.JoinAsync("demo");
        var payload = RandomNumberGenerator.GetBytes(size);

        await alice.SayAsync(Opcode.Binary, payload);

        var heard = await bob.NextAsync();
        Assert.Equal(Opcode.Binary, heard.Opcode);
        Assert.Equal(payload, heard.Payload);
    }

    [Theory]
    [InlineData("{ \"sdp\" :  1.0 }")]
    [InlineData("not json, and never parsed")]
    [InlineData("grüße, 世界, 🎧")]
    public async Task Text_arrives_verbatim_as_text(string text)
    {
        await using var relay = await TestRelay.StartAsync();
        var alice = await relay.JoinAsync();
        var bob = await relay.JoinAsync();

        await alice.SayAsync(text);

        var heard = await bob.NextAsync();
        Assert.Equal(Opcode.Text, heard.Opcode);
        Assert.Equal(text, heard.Text);
    }

    [Fact]
    public async Task Fragments_are_joined_even_with_a_ping_and_half_a_character_between_them()
    {
        await using var relay = await TestRelay.StartAsync();
        var alice = await relay.JoinAsync("demo");
        var bob = await relay.JoinAsync("demo");

        await alice.SayAsync(Opcode.Text, [.. "gr"u8, 0xC3], final: false);
        await alice.SayAsync(Opcode.Ping, "still there?"u8.ToArray());
        await alice.SayAsync(Opcode.Continuation, [], final: false);
        await alice.SayAsync(Opcode.Continuation, [0xBC]);

        var pong = await alice.NextFrameAsync();
        Assert.Equal((Opcode.Pong, "still there?"), (pong.Opcode, pong.Text));
        Assert.Equal("gr\u00fc", (await bob.NextAsync()).Text);
    }

    [Fact]
    public async Task What_one_sender_says_arrives_in_order_whole_and_once()
    {
        await using var relay = await TestRelay.StartAsync();
        var bob = await relay.JoinAsync("demo");
        var senders = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => relay.JoinAsync("demo")));

        var saying = senders.Select((sender, name) => Task.Run(async () =>
        {
            for (var i = 0; i < 500; i++) await sender.SayAsync($"{name} {i}");
        })).ToArray();

        var next = new int[senders.Length];
        for (var i = 0; i < senders.Length * 500; i++)
        {
            var said = (await bob.NextAsync()).Text.Split(' ');
            Assert.Equal(next[int.Parse(said[0])]++, int.Parse(said[1]));
        }
        await Task.WhenAll(saying);
    }

    [Fact]
    public async Task Rooms_and_the_lobby_do_not_hear_each_other()
    {
        await using var relay = await TestRelay.StartAsync();
        var lobby = (Alice: await relay.JoinAsync(), Bob: await relay.JoinAsync());
        var red = (Alice: await relay.JoinAsync("red"), Bob: await relay.JoinAsync("red"));
        var upper = (Alice: await relay.JoinAsync("Red"), Bob: await relay.JoinAsync("Red"));

        await lobby.Alice.SayAsync("in the lobby");
        await red.Alice.SayAsync("in red");
        await upper.Alice.SayAsync("in Red");

        Assert.Equal("in the lobby", (await lobby.Bob.NextAsync()).Text);
        Assert.Equal("in red", (await red.Bob.NextAsync()).Text);
        Assert.Equal("in Red", (await upper.Bob.NextAsync()).Text);
    }

    [Fact]
    public async Task A_connection_that_is_cut_without_a_close_leaves_its_room_and_the_others_go_on()
    {
        await using var relay = await TestRelay.StartAsync();
        var alice = await relay.JoinAsync("demo");
        var bob = await relay.JoinAsync("demo");
        var carol = await relay.JoinAsync("demo");

        carol.Cut();
        await relay.Instruments.IsAsync("signaling.peers", 2);
        await alice.SayAsync("hello");

        Assert.Equal("hello", (await bob.NextAsync()).Text);
        await relay.Instruments.IsAsync("signaling.messages.delivered", 1);
    }

    [Fact]
    public async Task A_close_is_answered_with_1000_and_the_line_ends()
    {
        await using var relay = await TestRelay.StartAsync();
        var alice = await relay.JoinAsync("demo");

        await alice.SayCloseAsync(4321);

        Assert.Equal(1000, (await alice.CloseAsync()).CloseCode);
        Assert.True(await alice.EndAsync());
        await relay.Instruments.IsAsync("signaling.peers", 0);
    }

    [Fact]
    public async Task A_thousand_peers_come_and_go_while_others_talk_and_nothing_is_lost_or_doubled()
    {
        await using var relay = await TestRelay.StartAsync();
        var alice = await relay.JoinAsync("demo");
        var bob = await relay.JoinAsync("demo");

        var talking = Task.Run(async () =>
        {
            for (var i = 0; i < 2000; i++) await alice.SayAsync($"{i}");
        });
        var coming = Task.Run(() => Parallel.ForAsync(0, 1000, new ParallelOptions { MaxDegreeOfParallelism = 16 }, async (i, _) =>
        {
            var guest = await relay.JoinAsync("demo");
            if (i % 2 == 0) await guest.SayCloseAsync();
            if (i % 4 == 0) await guest.CloseAsync();
            guest.Cut();
        }));

        for (var i = 0; i < 2000; i++) Assert.Equal($"{i}", (await bob.NextAsync()).Text);
        await Task.WhenAll(talking, coming);
        await relay.Instruments.IsAsync("signaling.peers", 2);
    }
}
