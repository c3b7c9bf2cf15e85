using Signaling.Server.Sockets;
using Signaling.Server.Tests.Harness;

namespace Signaling.Server.Tests.Sockets;

public sealed class BadFrameTests
{
    public static TheoryData<string, byte[]> BrokenFrames => new()
    {
        { "not masked", [0x81, 0x01, 0x41] },
        { "reserved bit 1", [0xC1, 0x80, 0, 0, 0, 0] },
        { "reserved bit 3", [0x91, 0x80, 0, 0, 0, 0] },
        { "opcode 3", [0x83, 0x80, 0, 0, 0, 0] },
        { "opcode 11", [0x8B, 0x80, 0, 0, 0, 0] },
        { "a fragmented ping", [0x09, 0x80, 0, 0, 0, 0] },
        { "a ping of 126 bytes", [0x89, 0xFE, 0, 126, 0, 0, 0, 0] },
        { "a continuation of nothing", [0x80, 0x80, 0, 0, 0, 0] },
        { "a message inside another", [0x01, 0x80, 0, 0, 0, 0, 0x81, 0x80, 0, 0, 0, 0] },
        { "a length below zero", [0x82, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0, 0, 0, 0] },
        { "a ping of a length below zero", [0x89, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0, 0, 0, 0] },
        { "a Close of one byte", Client.Encode(Opcode.Close, [3]) },
        { "a Close with code 999", Client.Encode(Opcode.Close, [0x03, 0xE7]) },
        { "a Close with code 1006", Client.Encode(Opcode.Close, [0x03, 0xEE]) },
        { "a Close with code 5000", Client.Encode(Opcode.Close, [0x13, 0x88]) },
    };

    [Theory]
    [MemberData(nameof(BrokenFrames))]
    public async Task A_frame_that_breaks_the_protocol_closes_1002_and_hurts_nobody_else(string what, byte[] bytes)
    {
        await using var relay = await TestRelay.StartAsync();
        var mallory = await relay.JoinAsync("demo");
        var alice = await relay.JoinAsync("demo");
        var bob = await relay.JoinAsync("demo");

        await mallory.SendAsync(bytes);
        Assert.True((await mallory.CloseAsync()).CloseCode == 1002, what);

        await alice.SayAsync("hello");
        Assert.Equal("hello", (await bob.NextAsync()).Text);
    }

    [Theory]
    [InlineData(new byte[] { 0xC3 }, true)]
    [InlineData(new byte[] { 0xED, 0xA0, 0x80 }, true)]
    [InlineData(new byte[] { 0xC0, 0xAF }, true)]
    [InlineData(new byte[] { 0xFF }, false)]
    public async Task Text_that_is_not_utf8_closes_1007(byte[] text, bool final)
    {
        await using var relay = await TestRelay.StartAsync();
        var mallory = await relay.JoinAsync("demo");

        await mallory.SayAsync(Opcode.Text, text, final);
        if (!final) await mallory.SayAsync(Opcode.Continuation, []);

        Assert.Equal(1007, (await mallory.CloseAsync()).CloseCode);
        mallory.Cut();
        await relay.Instruments.IsAsync("signaling.evictions", 1, "not-utf8");
    }

    [Fact]
    public async Task A_reason_that_is_not_utf8_closes_1007()
    {
        await using var relay = await TestRelay.StartAsync();
        var mallory = await relay.JoinAsync("demo");
        await mallory.SayAsync(Opcode.Close, [0x03, 0xE8, 0xFF]);
        Assert.Equal(1007, (await mallory.CloseAsync()).CloseCode);
    }
}
