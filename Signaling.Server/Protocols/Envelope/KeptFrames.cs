using System.Numerics;
using Signaling.Server.Relay;

namespace Signaling.Server.Protocols.Envelope;

/// <summary>
/// The last frames that were given to a connection: what of them was lost with it is sent again on the next one. What few
/// hear is copied into a ring of bytes: thousands of frames that live on would be most of what the garbage collector does.
/// What many hear is theirs together.
/// </summary>
internal sealed class KeptFrames
{
    private const int MaxFrames = 256;
    private const int MaxBytes = 256 * 1024;
    private const int LeastRing = 1024;

    // Where the frame is empty, its bytes are the next in the ring.
    private readonly Queue<(Frame Shared, int Length)> _frames = new();
    private byte[] _ring = [];
    private int _start;
    private int _inRing;
    private int _bytes;
    private long _count;

    /// <param name="frame">The next frame.</param>
    /// <param name="isShared">Many have been given the same: it is not copied.</param>
    public void Add(Frame frame, bool isShared)
    {
        _count++;
        while (_frames.Count > 0 && (_frames.Count == MaxFrames || _bytes + frame.Length > MaxBytes)) DropFirst();
        if (frame.Length > MaxBytes) return;
        _frames.Enqueue((isShared ? frame : default, frame.Length));
        _bytes += frame.Length;
        if (!isShared) Copy(frame.Wire.Span);
    }

    /// <summary>What was given before does not count any more: the client does not know how much of it came.</summary>
    public void Clear()
    {
        _frames.Clear();
        (_ring, _start, _inRing, _bytes, _count) = ([], 0, 0, 0, 0);
    }

    /// <summary>Whether all frames after the first <paramref name="got"/> are still kept.</summary>
    public bool Reaches(long got) => got <= _count && got >= _count - _frames.Count;

    /// <summary>The frames after the first <paramref name="got"/>, in order.</summary>
    public IEnumerable<Frame> After(long got)
    {
        var number = _count - _frames.Count;
        var at = _start;
        foreach (var (shared, length) in _frames)
        {
            var isInRing = shared.Length == 0;
            if (number++ >= got) yield return isInRing ? new Frame(Read(at, length)) : shared;
            if (isInRing) at += length;
        }
    }

    private void DropFirst()
    {
        var (shared, length) = _frames.Dequeue();
        _bytes -= length;
        if (shared.Length > 0) return;
        _start = (_start + length) % _ring.Length;
        _inRing -= length;
    }

    private void Copy(ReadOnlySpan<byte> bytes)
    {
        if (_inRing + bytes.Length > _ring.Length)
        {
            var larger = new byte[Math.Max(LeastRing, (int)BitOperations.RoundUpToPowerOf2((uint)(_inRing + bytes.Length)))];
            Read(_start, _inRing).CopyTo(larger, 0);
            (_ring, _start) = (larger, 0);
        }
        var end = (_start + _inRing) % _ring.Length;
        var first = Math.Min(bytes.Length, _ring.Length - end);
        bytes[..first].CopyTo(_ring.AsSpan(end));
        bytes[first..].CopyTo(_ring);
        _inRing += bytes.Length;
    }

    private byte[] Read(int at, int length)
    {
        if (length == 0) return [];
        var bytes = GC.AllocateUninitializedArray<byte>(length);
        at %= _ring.Length;
        var first = Math.Min(length, _ring.Length - at);
        _ring.AsSpan(at, first).CopyTo(bytes);
        _ring.AsSpan(0, length - first).CopyTo(bytes.AsSpan(first));
        return bytes;
    }
}
