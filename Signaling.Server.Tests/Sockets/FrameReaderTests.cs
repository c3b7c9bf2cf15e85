using Signaling.Server.Sockets;
using Signaling.Server.Tests.Harness;

namespace Signaling.Server.Tests.Sockets;

public sealed class FrameReaderTests
{
    [Fact]
    public void Messages_are_the_same_wherever_the_bytes_are_cut()
    {
        byte[] bytes =
        [
            .. Client.Encode(Opcode.Text, "one"u8),
            .. Client.Encode(Opcode.Binary, new byte[200], final: false),
            .. Client.Encode(Opcode.Ping, "ping"u8),
            .. Client.Encode(Opcode.Continuation, "end"u8),
            .. Client.Encode(Opcode.Text, ""u8),
            .. Client.Encode(Opcode.Close, [3, 232]),
        ];
        string[] expected = ["Text 3", "Ping 4", "Binary 203", "Text 0", "Close 2"];

        for (var first = 0; first <= bytes.Length; first++)
            Assert.Equal(expected, Read([bytes[..first], bytes[first..]]));
        Assert.Equal(expected, Read(bytes.Select(one => new[] { one })));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(64)]
    [InlineData(1001)]
    public void Unmasking_gives_the_payload_back_in_pieces_of_any_size(int piece)
    {
        var payload = new byte[5000];
        new Random(piece).NextBytes(payload);
        var reader = new FrameReader(maxMessageBytes: 5000);
        var heard = Array.Empty<byte>();

        foreach (var chunk in Client.Encode(Opcode.Binary, payload).Chunk(piece))
        {
            var bytes = chunk.AsSpan();
            while (reader.TryRead(ref bytes, out var message)) heard = message.Payload.ToArray();
        }

        Assert.Equal(payload, heard);
    }

    [Fact]
    public void A_muted_reader_still_finds_the_close()
    {
        var reader = new FrameReader(maxMessageBytes: 10);
        Span<byte> bytes = [.. Client.Encode(Opcode.Binary, new byte[5], final: false)];
        reader.TryRead(ref bytes, out _);
        reader.Mute();

        bytes = [.. Client.Encode(Opcode.Continuation, new byte[500]), .. Client.Encode(Opcode.Text, [0xFF]), .. Client.Encode(Opcode.Close, [3, 232])];

        Assert.True(reader.TryRead(ref bytes, out var message));
        Assert.Equal(Opcode.Close, message.Opcode);
        Assert.Null(reader.Error);
    }

    [Fact]
    public void After_an_error_a_frame_that_breaks_the_protocol_ends_the_reading()
    {
        byte[] tooBig = Client.Encode(Opcode.Text, new byte[11]);
        byte[] lengthBelowZero = [0x82, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0, 0, 0, 0];
        byte[] endlessPing = [0x89, 0xFF, 0x7F, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0, 0, 0, 0];

        foreach (var broken in new[] { lengthBelowZero, endlessPing })
        {
            var reader = new FrameReader(maxMessageBytes: 10);
            Span<byte> bytes = [.. tooBig, .. broken, .. new byte[1000]];
            Assert.False(reader.TryRead(ref bytes, out _));
            Assert.True(bytes.IsEmpty);
            Assert.Equal(1009, (int?)reader.Error?.Code);
            Assert.Equal(0, reader.Kept);
        }
    }

    private static List<string> Read(IEnumerable<byte[]> pieces)
    {
        var reader = new FrameReader(maxMessageBytes: 1000);
        var read = new List<string>();
        foreach (var piece in pieces)
        {
            var bytes = piece.ToArray().AsSpan();
            while (reader.TryRead(ref bytes, out var message)) read.Add($"{message.Opcode} {message.Payload.Length}");
        }
        Assert.Null(reader.Error);
        return read;
    }
}
