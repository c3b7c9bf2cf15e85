using Signaling.Server.Sockets;
using Signaling.Server.Tests.Harness;

namespace Signaling.Server.Tests.Sockets;

public sealed class LimitTests
{
    [Fact]
    public async Task A_message_of_the_largest_size_passes_and_one_byte_more_closes_1009()
    {
        await using var relay = await TestRelay.StartAsync(("Limits:MaxMessageBytes", "1000"));
        var alice = await relay.JoinAsync("demo");
        var bob = await relay.JoinAsync("demo");

        await alice.SayAsync(Opcode.Binary, new byte[1000]);
        await alice.SayAsync(Opcode.Binary, new byte[1001]);

        Assert.Equal(1000, (await bob.NextAsync()).Payload.Length);
        var close = await alice.CloseAsync();
        Assert.Equal(1009, close.CloseCode);
        Assert.Contains("Limits:MaxMessageBytes", close.CloseText, StringComparison.Ordinal);

        await bob.SayAsync(Opcode.Ping, []);
        Assert.Equal(Opcode.Pong, (await bob.NextFrameAsync()).Opcode);
        await relay.Instruments.IsAsync("signaling.messages.received", 1);
    }

    [Fact]
    public async Task Fragments_count_together()
    {
        await using var relay = await TestRelay.StartAsync(("Limits:MaxMessageBytes", "1000"));
        var alice = await relay.JoinAsync("demo");

        await alice.SayAsync(Opcode.Binary, new byte[600], final: false);
        await alice.SayAsync(Opcode.Continuation, new byte[401], final: false);

        Assert.Equal(1009, (await alice.CloseAsync()).CloseCode);
    }

    [Fact]
    public async Task A_length_that_is_only_announced_is_refused_before_a_byte_of_it_is_kept()
    {
        await using var relay = await TestRelay.StartAsync();
        var alice = await relay.JoinAsync("demo");

        await alice.SendAsync(new byte[] { 0x82, 0xFF, 0x7F, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 1, 2, 3, 4 });

        Assert.Equal(1009, (await alice.CloseAsync()).CloseCode);
    }

    [Fact]
    public async Task Fragments_without_end_close_1008()
    {
        await using var relay = await TestRelay.StartAsync();
        var alice = await relay.JoinAsync("demo");
        var empty = Client.Encode(Opcode.Continuation, [], final: false);

        await alice.SayAsync(Opcode.Binary, [], final: false);
        await alice.SendAsync(Enumerable.Repeat(empty, 1024).SelectMany(bytes => bytes).ToArray());

        Assert.Equal(1008, (await alice.CloseAsync()).CloseCode);
    }

    [Fact]
    public async Task The_close_code_arrives_although_the_client_goes_on_sending()
    {
        await using var relay = await TestRelay.StartAsync(("Limits:MaxMessageBytes", "1000"));
        var alice = await relay.JoinAsync("demo");
        var megabytes = Enumerable.Repeat(Client.Encode(Opcode.Binary, new byte[60_000]), 100).SelectMany(bytes => bytes).ToArray();

        // Were the line closed with this unread, a reset would overtake the Close.
        await alice.SendAsync(megabytes);

        Assert.Equal(1009, (await alice.CloseAsync()).CloseCode);
        await alice.SayCloseAsync(1009);
        Assert.True(await alice.EndAsync());
    }

    [Fact]
    public async Task A_peer_that_stops_reading_is_closed_4408_and_the_room_goes_on()
    {
        await using var relay = await TestRelay.StartAsync();
        var alice = await relay.JoinAsync("demo");
        var bob = await relay.JoinAsync("demo");
        var slow = await relay.JoinAsync("demo", receiveBuffer: 4096);
        var payload = new byte[60_000];

        // More than the outbox and all buffers of the two kernels between can hold.
        const int Messages = 400;
        for (var i = 0; i < Messages; i++)
        {
            BitConverter.TryWriteBytes(payload, i);
            await alice.SayAsync(Opcode.Binary, payload);
            Assert.Equal(i, BitConverter.ToInt32((await bob.NextAsync()).Payload));
        }

        // What it still gets is a beginning without gaps, and then the reason.
        var heard = 0;
        Received next;
        while ((next = await slow.NextAsync()).Opcode == Opcode.Binary) Assert.Equal(heard++, BitConverter.ToInt32(next.Payload));
        Assert.Equal(4408, next.CloseCode);
        Assert.InRange(heard, 1, Messages - 1);
        await slow.SayCloseAsync();
        await relay.Instruments.IsAsync("signaling.evictions", 1, "slow");
    }

    [Fact]
    public async Task A_peer_that_never_reads_again_is_cut_off()
    {
        await using var relay = await TestRelay.StartAsync();
        var alice = await relay.JoinAsync("demo");
        await relay.JoinAsync("demo", receiveBuffer: 4096);

        for (var i = 0; i < 400; i++) await alice.SayAsync(Opcode.Binary, new byte[60_000]);
        await relay.Instruments.IsAsync("signaling.messages.received", 400);
        relay.Time.Advance(TimeSpan.FromSeconds(1));
        relay.Time.Advance(TimeSpan.FromSeconds(2));

        await relay.Instruments.IsAsync("signaling.peers", 1);
    }
}
