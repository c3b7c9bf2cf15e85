using System.Runtime.InteropServices;
using Signaling.Server.Relay;

namespace Signaling.Server.Sockets.Wire.Epoll;

/// <summary>
/// Frames on their way into one system call; one for each loop, used by its lines in turn. Most of a room hear the same:
/// what was put together for one is there already for the next.
/// </summary>
internal sealed class Gathering
{
    /// <summary>From here on copying costs more than a system call.</summary>
    public const int AloneBytes = 16 * 1024;

    private readonly byte[] _buffer = GC.AllocateUninitializedArray<byte>(64 * 1024, pinned: true);
    // Those that the buffer begins with; none when it begins in the middle of one.
    private readonly List<Frame> _together = [];
    private int _length;

    /// <summary>What was taken from an outbox.</summary>
    public List<Frame> Frames { get; } = [];

    /// <summary>Bytes to send next, from a place in the frames on.</summary>
    /// <param name="from">The first frame that is not sent yet.</param>
    /// <param name="offset">Bytes of it that are.</param>
    public ReadOnlySpan<byte> Next(int from, int offset)
    {
        var first = Frames[from].Wire.Span[offset..];
        if (from == Frames.Count - 1 || first.Length >= AloneBytes) return first;
        var whole = from == 0 && offset == 0;
        if (!whole || !AreTogether) PutTogether(from, first, whole);
        return _buffer.AsSpan(0, _length);
    }

    /// <summary>Holds on to no frame.</summary>
    public void Forget() => _together.Clear();

    private bool AreTogether => CollectionsMarshal.AsSpan(Frames).SequenceEqual(CollectionsMarshal.AsSpan(_together));

    private void PutTogether(int from, ReadOnlySpan<byte> first, bool whole)
    {
        _together.Clear();
        if (whole) _together.AddRange(Frames);
        _length = 0;
        for (var i = from; i < Frames.Count; i++)
        {
            var bytes = i == from ? first : Frames[i].Wire.Span;
            if (bytes.Length >= AloneBytes || bytes.Length > _buffer.Length - _length) return;
            bytes.CopyTo(_buffer.AsSpan(_length));
            _length += bytes.Length;
        }
    }
}
