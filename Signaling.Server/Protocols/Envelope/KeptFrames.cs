using Signaling.Server.Relay;

namespace Signaling.Server.Protocols.Envelope;

/// <summary>The last frames that were given to a connection: what of them was lost with it is sent again on the next one.</summary>
internal sealed class KeptFrames
{
    private const int MaxFrames = 256;
    private const int MaxBytes = 256 * 1024;

    private readonly Queue<Frame> _frames = new();
    private int _bytes;
    private long _count;

    public void Add(Frame frame)
    {
        _count++;
        _frames.Enqueue(frame);
        _bytes += frame.Length;
        while (_frames.Count > MaxFrames || _bytes > MaxBytes) _bytes -= _frames.Dequeue().Length;
    }

    /// <summary>What was given before does not count any more: the client does not know how much of it came.</summary>
    public void Clear()
    {
        _frames.Clear();
        _bytes = 0;
        _count = 0;
    }

    /// <summary>Whether all frames after the first <paramref name="got"/> are still kept.</summary>
    public bool Reaches(long got) => got <= _count && got >= _count - _frames.Count;

    /// <summary>The frames after the first <paramref name="got"/>, in order.</summary>
    public IEnumerable<Frame> After(long got) => _frames.Skip((int)(got - (_count - _frames.Count)));
}
