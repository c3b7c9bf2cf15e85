using Signaling.Server.Sockets;
using Signaling.Server.Tests.Harness;

namespace Signaling.Server.Tests.Sockets;

public sealed class KeepAliveTests
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(25);
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task A_silent_peer_is_pinged_and_stays_when_it_answers()
    {
        await using var relay = await TestRelay.StartAsync();
        var alice = await relay.JoinAsync("demo");
        relay.Time.Advance(Tick);

        relay.Time.Advance(Interval);
        Assert.Equal(Opcode.Ping, (await alice.NextFrameAsync()).Opcode);
        await AnswerAsync(alice);

        relay.Time.Advance(Timeout + Tick);
        await AnswerAsync(alice);
        Assert.Equal(1, relay.Instruments["signaling.peers"]);
    }

    [Fact]
    public async Task A_half_open_connection_ends()
    {
        await using var relay = await TestRelay.StartAsync();
        var alice = await relay.JoinAsync("demo");
        relay.Time.Advance(Tick);

        relay.Time.Advance(Interval);
        Assert.Equal(Opcode.Ping, (await alice.NextFrameAsync()).Opcode);
        relay.Time.Advance(Timeout);

        await alice.EndAsync();
        await relay.Instruments.IsAsync("signaling.evictions", 1, "timeout");
        await relay.Instruments.IsAsync("signaling.peers", 0);
    }

    [Fact]
    public async Task Half_a_header_is_no_reason_to_wait_for_ever()
    {
        await using var relay = await TestRelay.StartAsync();
        var alice = await relay.JoinAsync("demo");
        await alice.SendAsync(new byte[] { 0x81 });

        // Again and again: when the byte arrives after the first time, it counts as heard then.
        await relay.UntilAsync(() =>
        {
            relay.Time.Advance(Interval + Timeout);
            return relay.Instruments["signaling.peers"] == 0;
        });
    }

    [Fact]
    public async Task Who_does_not_answer_a_close_is_cut_off_after_two_seconds()
    {
        await using var relay = await TestRelay.StartAsync();
        var alice = await relay.JoinAsync("demo");
        await alice.SendAsync(new byte[] { 0x01, 0x00 });
        Assert.Equal(1002, (await alice.CloseAsync()).CloseCode);

        relay.Time.Advance(Tick);
        relay.Time.Advance(TimeSpan.FromSeconds(2));

        await alice.EndAsync();
        await relay.Instruments.IsAsync("signaling.peers", 0);
    }

    // Waits for an answer of the server, so that it has certainly heard the peer.
    private static async Task AnswerAsync(Client peer)
    {
        await peer.SayAsync(Opcode.Pong, []);
        await peer.SayAsync(Opcode.Ping, "x"u8.ToArray());
        Assert.Equal(Opcode.Pong, (await peer.NextFrameAsync()).Opcode);
    }
}
