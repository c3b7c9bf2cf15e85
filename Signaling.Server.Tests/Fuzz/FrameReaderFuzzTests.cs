using System.Security.Cryptography;
using CsCheck;
using Signaling.Server.Sockets;

namespace Signaling.Server.Tests.Fuzz;

public sealed class FrameReaderFuzzTests
{
    private const int Limit = 70_000;

    // What may be kept beside the message: a header, and a control frame.
    private const int Aside = 14 + 125;

    [Fact]
    public void Any_bytes_are_read_or_refused_with_a_documented_code_wherever_they_are_cut() =>
        Gen.Select(ClientBytes.Stream, ClientBytes.Cuts).Holds(one =>
        {
            var (bytes, cuts) = one;
            var (whole, error) = Read([bytes], Limit);
            Assert.Contains(error, new ushort?[] { null, 1002, 1007, 1008, 1009 });
            Assert.Equal((whole, error), Read(ClientBytes.Cut(bytes, cuts), Limit), SameTranscript);
        }, iterations: 2000);

    [Fact]
    public void Never_is_more_kept_than_a_message_may_have() =>
        Gen.Select(ClientBytes.Stream, ClientBytes.Cuts, Gen.Int[1, 300]).Holds(
            one => Read(ClientBytes.Cut(one.Item1, one.Item2), limit: one.Item3), iterations: 1000);

    [Fact]
    public void What_was_sent_is_read_back() =>
        Gen.Select(ClientBytes.Conversation, ClientBytes.Cuts).Holds(one =>
        {
            var (read, error) = Read(ClientBytes.Cut(ClientBytes.Encode(one.Item1), one.Item2), Limit);
            Assert.Null(error);
            Assert.Equal(one.Item1.Select(sent => Told(sent.Opcode, sent.Payload)), read.Where(text => !text.StartsWith("Ping", StringComparison.Ordinal)));
            Assert.Equal(one.Item1.Sum(sent => sent.Pings ? sent.Fragments : 0), read.Count(text => text.StartsWith("Ping", StringComparison.Ordinal)));
        }, iterations: 500);

    [Fact]
    public void What_the_server_encodes_is_decoded_again() =>
        Gen.Select(Gen.OneOf(Opcode.Text, Opcode.Binary, Opcode.Ping), Gen.Select(Gen.Int[0, 70_000], Gen.Int[0, 94], ClientBytes.Filled)).Holds(one =>
        {
            var message = FrameEncoder.Decode(FrameEncoder.Encode(one.Item1, one.Item2));
            Assert.Equal(one.Item1, message.Opcode);
            Assert.True(message.Payload.SequenceEqual(one.Item2));
        }, iterations: 200);

    private static (List<string> Read, ushort? Error) Read(IEnumerable<byte[]> pieces, int limit)
    {
        var reader = new FrameReader(limit);
        var read = new List<string>();
        foreach (var piece in pieces)
        {
            var bytes = piece.ToArray().AsSpan();
            while (reader.TryRead(ref bytes, out var message))
            {
                read.Add(Told(message.Opcode, message.Payload));
                Assert.InRange(message.Payload.Length, 0, Math.Max(limit, 125));
            }
            Assert.True(bytes.IsEmpty);
            Assert.InRange(reader.Kept, 0, limit + Aside);
        }
        var error = reader.Error?.Code;
        reader.Release();
        return (read, error);
    }

    private static string Told(Opcode opcode, ReadOnlySpan<byte> payload) =>
        $"{opcode} {payload.Length} {Convert.ToHexString(SHA256.HashData(payload).AsSpan(0, 8))}";

    private static bool SameTranscript((List<string> Read, ushort? Error) left, (List<string> Read, ushort? Error) right) =>
        left.Error == right.Error && left.Read.SequenceEqual(right.Read);
}
