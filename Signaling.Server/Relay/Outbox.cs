namespace Signaling.Server.Relay;

/// <summary>
/// Frames that wait for one peer, and the whole of the back-pressure policy: an outbox is bounded in bytes, and a peer
/// whose outbox is full is closed with <see cref="CloseReason.Slow"/>. No message is dropped silently, nobody waits.
/// </summary>
/// <param name="limit">Bytes that may wait or be under way, frame headers included.</param>
/// <param name="wire">The connection that takes the frames.</param>
public sealed class Outbox(int limit, IWire wire)
{
    // What one write takes at most: enough that the system call does not show, little enough that memory does not either.
    private const int BatchBytes = 64 * 1024;

    private readonly Lock _lock = new();
    private readonly Queue<Frame> _waiting = new();
    private int _bytes;
    private int _owed;
    private int _underWay;
    private bool _awake;
    private volatile CloseReason? _ending;
    private OutboxMarks? _marks;

    /// <summary>Why the connection ends, once that is decided: nothing can be posted any more.</summary>
    public CloseReason? Ending => _ending;

    /// <summary>Bytes that wait or are under way.</summary>
    public int Waiting
    {
        get
        {
            lock (_lock) return _bytes + _owed;
        }
    }

    /// <summary>
    /// Adds a frame that does not count against the limit: what a new connection is owed from the start, before anything
    /// else is posted. Bounded by who owes it.
    /// </summary>
    public void Owe(Frame frame)
    {
        lock (_lock)
        {
            if (_ending is not null) return;
            _waiting.Enqueue(frame);
            _owed += frame.Length;
            if (_awake) return;
            _awake = true;
        }
        wire.Wake();
    }

    /// <summary>Adds a frame, or ends the connection when there is no room for it. Returns at once.</summary>
    public void Post(Frame frame)
    {
        bool ended;
        lock (_lock)
        {
            if (_ending is not null) return;
            ended = _bytes + frame.Length > limit;
            if (ended)
            {
                // It will not read what waits in time: only the reason is worth sending.
                _waiting.Clear();
                _marks = null;
                _ending = CloseReason.Slow;
            }
            else
            {
                _waiting.Enqueue(frame);
                _bytes += frame.Length;
                if (_awake) return;
                _awake = true;
            }
        }
        if (ended) wire.Ended();
        else wire.Wake();
    }

    /// <summary>Ends the connection after what waits has been sent. The first reason counts.</summary>
    public void Close(CloseReason reason)
    {
        lock (_lock)
        {
            if (_ending is not null) return;
            _ending = reason;
        }
        wire.Ended();
    }

    /// <summary>
    /// For the wire: moves frames that wait into an empty batch; those taken before count as written.
    /// False when nothing waits: <see cref="IWire.Wake"/> will be called for the next frame.
    /// </summary>
    public bool Take(List<Frame> batch)
    {
        OutboxMarks? marks;
        lock (_lock)
        {
            // What is owed was posted first, so it is written first.
            var owed = Math.Min(_owed, _underWay);
            _owed -= owed;
            _bytes -= _underWay - owed;
            _underWay = 0;
            while (_underWay < BatchBytes && _waiting.TryDequeue(out var frame))
            {
                batch.Add(frame);
                _underWay += frame.Length;
            }
            _awake = batch.Count > 0;
            marks = MarksOf(batch.Count);
        }
        marks?.Call();
        return batch.Count > 0;
    }

    /// <summary>
    /// For a wire that hands on at once what it takes: moves all frames that wait into an empty batch, and they count as
    /// written. <see cref="IWire.Wake"/> will be called for the next one.
    /// </summary>
    public void TakeAll(List<Frame> batch)
    {
        OutboxMarks? marks;
        lock (_lock)
        {
            while (_waiting.TryDequeue(out var frame)) batch.Add(frame);
            (_bytes, _owed, _underWay, _awake) = (0, 0, 0, false);
            marks = MarksOf(batch.Count);
        }
        marks?.Call();
    }

    /// <summary>
    /// Calls back, once, when the wire has taken all that waits now; at once when nothing does. Never, when the connection
    /// ends before. For those who measure.
    /// </summary>
    public void WhenTaken(Action then)
    {
        lock (_lock)
        {
            if (_waiting.Count > 0)
            {
                (_marks ??= new()).Add(_waiting.Count, then);
                return;
            }
        }
        then();
    }

    private OutboxMarks? MarksOf(int taken)
    {
        var marks = _marks;
        marks?.Took(taken);
        if (_waiting.Count == 0) _marks = null;
        return marks;
    }
}
