using Signaling.Server.Relay;

namespace Signaling.Server.Sockets.Wire.Epoll;

/// <summary>Frames on their way into one system call; one for each loop, used by its lines in turn.</summary>
internal sealed class Gathering
{
    // From here on copying costs more than a system call.
    private const int AloneBytes = 16 * 1024;

    private readonly byte[] _buffer = GC.AllocateUninitializedArray<byte>(64 * 1024, pinned: true);

    /// <summary>What was taken from an outbox.</summary>
    public List<Frame> Frames { get; } = [];

    /// <summary>Bytes to send next, from a place in the frames on.</summary>
    /// <param name="from">The first frame that is not sent yet.</param>
    /// <param name="offset">Bytes of it that are.</param>
    public ReadOnlySpan<byte> Next(int from, int offset)
    {
        var first = Frames[from].Wire.Span[offset..];
        if (from == Frames.Count - 1 || first.Length >= AloneBytes) return first;
        var length = 0;
        for (var i = from; i < Frames.Count; i++)
        {
            var bytes = i == from ? first : Frames[i].Wire.Span;
            if (bytes.Length >= AloneBytes || bytes.Length > _buffer.Length - length) break;
            bytes.CopyTo(_buffer.AsSpan(length));
            length += bytes.Length;
        }
        return _buffer.AsSpan(0, length);
    }
}
