using Signaling.Server.Relay;
using Signaling.Server.Sockets;
using Signaling.Server.Sockets.Wire.Epoll;

namespace Signaling.Server.Tests.Sockets.Wire;

public sealed class GatheringTests
{
    private readonly Gathering _gathering = new();
    private readonly Random _random = new(7);

    [Fact]
    public void Every_line_gets_its_own_frames_whole_and_in_order_however_little_the_kernel_takes()
    {
        for (var turn = 0; turn < 200; turn++)
        {
            var said = Enumerable.Range(0, _random.Next(1, 12)).Select(_ => Some()).ToArray();
            // Most hear all of it; who said something himself hears the rest.
            for (var line = 0; line < 8; line++)
            {
                Frame[] heard = line < 5 ? said : [.. said.Where((_, i) => i % line != 0)];
                Assert.Equal(heard.SelectMany(frame => frame.Wire.ToArray()), Send(heard, kernelTakesAll: _random.Next(2) == 0));
            }
            _gathering.Forget();
        }
    }

    [Fact]
    public void What_one_line_had_gathered_is_not_copied_again_for_the_next()
    {
        Frame[] said = [Frame(100), Frame(200)];
        _gathering.Frames.AddRange(said);
        var first = _gathering.Next(0, 0);
        // Written over in the buffer only: whoever copies the frames again would mend it.
        var mark = (byte)~first[50];
        System.Runtime.InteropServices.MemoryMarshal.GetReference(first[50..]) = mark;
        _gathering.Frames.Clear();

        _gathering.Frames.AddRange(said);
        Assert.Equal(mark, _gathering.Next(0, 0)[50]);
    }

    private List<byte> Send(Frame[] frames, bool kernelTakesAll)
    {
        var sent = new List<byte>();
        _gathering.Frames.AddRange(frames);
        for (int at = 0, offset = 0; at < frames.Length;)
        {
            var bytes = _gathering.Next(at, offset);
            Assert.False(bytes.IsEmpty);
            bytes = bytes[..(kernelTakesAll ? bytes.Length : _random.Next(1, bytes.Length + 1))];
            sent.AddRange(bytes);
            for (offset += bytes.Length; at < frames.Length && offset >= frames[at].Length; at++) offset -= frames[at].Length;
        }
        _gathering.Frames.Clear();
        return sent;
    }

    private Frame Some() => Frame(_random.Next(10) == 0 ? _random.Next(10_000, 40_000) : _random.Next(0, 3000));

    private Frame Frame(int length)
    {
        var frame = FrameEncoder.Reserve(Opcode.Binary, length, out var payload);
        _random.NextBytes(payload);
        return frame;
    }
}
