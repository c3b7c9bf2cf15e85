using Signaling.Server.Relay;

namespace Signaling.Server.Protocols.Envelope;

/// <summary>
/// The way out of a place: to its connection of the moment, and while there is none, nowhere: frames then wait in the
/// place's outbox, which is bounded as every other.
/// </summary>
internal sealed class PlaceWire : IWire
{
    // Up to so many peers of a room each keep a copy of what all have heard.
    private const int MostCopies = 10;

    private readonly Lock _lock = new();
    private readonly KeptFrames _kept = new();
    private Place? _place;
    private Peer? _line;

    /// <summary>Nobody is connected to the place.</summary>
    public bool IsAway
    {
        get
        {
            lock (_lock) return _line is null;
        }
    }

    /// <summary>How often the connection was lost: tells one absence from another.</summary>
    public int Losses { get; private set; }

    /// <summary>Bytes that wait, here or in the connection's outbox.</summary>
    public int Waiting
    {
        get
        {
            lock (_lock) return _line?.Waiting ?? _place!.Outbox.Waiting;
        }
    }

    /// <summary>Calls back when what waits has been taken: by the connection, or while there is none, by the next one.</summary>
    public void WhenTaken(Action then)
    {
        Peer? line;
        lock (_lock) line = _line;
        if (line is null) _place!.Outbox.WhenTaken(then);
        else line.WhenTaken(then);
    }

    public void Belongs(Place place) => _place = place;

    public void Post(Frame frame)
    {
        lock (_lock)
        {
            if (_line is null) _place!.Outbox.Post(frame);
            else Keep(frame).Post(frame);
        }
    }

    /// <summary>Whether a client that has received so many frames can be given all the others. Null: it did not count.</summary>
    public bool CanResume(long? got)
    {
        lock (_lock) return got is null || _kept.Reaches(got.Value);
    }

    /// <summary>Goes on with a new connection: first the welcome, then what was lost with the old one, then what waited.</summary>
    /// <param name="line">The new connection; one that is still there is closed.</param>
    /// <param name="welcome">Its first frame; not counted.</param>
    /// <param name="got">How many frames the client has received; null when it did not count: then only what waited.</param>
    public void Attach(Peer line, Frame welcome, long? got)
    {
        lock (_lock)
        {
            _line?.Close(CloseReason.Replaced);
            _line = line;
            line.Owe(welcome);
            if (got is null) _kept.Clear();
            else
                foreach (var frame in _kept.After(got.Value)) line.Owe(frame);
            List<Frame> waiting = [];
            _place!.Outbox.TakeAll(waiting);
            foreach (var frame in waiting) Keep(frame).Owe(frame);
        }
    }

    /// <summary>The connection has ended; false when it was not the one of the moment.</summary>
    public bool Detach(Peer line)
    {
        lock (_lock)
        {
            if (_line != line) return false;
            _line = null;
            Losses++;
            return true;
        }
    }

    /// <summary>Ends the connection of the moment, if there is one.</summary>
    public void Close(CloseReason reason)
    {
        lock (_lock) _line?.Close(reason);
    }

    // The outbox has something only while nobody is connected; Attach takes it.
    void IWire.Wake()
    {
    }

    // Too much waits for a place where nobody is. Not on this thread: it may hold the room.
    void IWire.Ended() => ThreadPool.UnsafeQueueUserWorkItem(static place => place?.Overflowed(), _place, preferLocal: false);

    // The connection gets it next.
    private Peer Keep(Frame frame)
    {
        _kept.Add(frame, isShared: _place!.Room.Audience > MostCopies);
        return _line!;
    }
}
