using System.Text;
using System.Text.Json;
using Signaling.Bench.Load;
using Signaling.Server.Sockets;

namespace Signaling.Server.Tests.Bench;

public sealed class MaskedMessageTests
{
    [Theory]
    [InlineData(125, false)]
    [InlineData(126, false)]
    [InlineData(2400, true)]
    [InlineData(65_535, false)]
    [InlineData(65_536, true)]
    public void The_relay_reads_it_and_finds_its_stamp(int bytes, bool envelope)
    {
        var message = new MaskedMessage(bytes, envelope);
        foreach (var stamp in new Stamp[] { new(0, 0), new(999, 1), new(int.MaxValue, 123_456_789) })
        {
            Span<byte> frame = message.With(stamp).ToArray();
            Assert.True(new FrameReader(1 << 20).TryRead(ref frame, out var read));
            Assert.Equal((Opcode.Text, bytes), (read.Opcode, read.Payload.Length));
            Assert.Equal(envelope, JsonDocument.Parse(Encoding.UTF8.GetString(read.Payload)).RootElement.TryGetProperty("data", out _));
            Assert.True(Stamp.TryRead(read.Payload, out var found));
            Assert.Equal(stamp, found);
        }
    }

    [Fact]
    public void A_welcome_has_no_stamp() => Assert.False(Stamp.TryRead("""{"type":"welcome","v":1}"""u8, out _));

    [Fact]
    public void The_bench_takes_frames_of_the_relay_when_they_are_whole()
    {
        byte[] bytes = [.. FrameEncoder.Encode(Opcode.Text, "one"u8).Wire.ToArray(), .. FrameEncoder.Encode(Opcode.Text, new byte[70_000]).Wire.ToArray()];
        var unread = bytes.AsSpan(..^1);
        Assert.True(ServerFrame.TryTake(ref unread, out var opcode, out var payload));
        Assert.Equal((1, "one"), (opcode, Encoding.ASCII.GetString(payload)));
        Assert.False(ServerFrame.TryTake(ref unread, out _, out _));

        unread = bytes.AsSpan(5..);
        Assert.True(ServerFrame.TryTake(ref unread, out _, out payload));
        Assert.Equal((70_000, 0), (payload.Length, unread.Length));
    }
}
