namespace Signaling.Server.Sockets.Wire.Epoll;

/// <summary>
/// One thread, one set of descriptors. A turn: whoever is ready is called, then what other threads have asked for is done,
/// and while many have something to send, whoever became ready meanwhile; then each sends in one go all that it has.
/// </summary>
internal sealed class Loop
{
    private const int Add = 1;
    private const int Delete = 2;
    private const int Modify = 3;
    private const int EventsPerTurn = 512;
    // Each look at who else is ready costs a system call, and saves one for each who would otherwise be sent to twice.
    private const int MoreLooks = 3;
    private const int WorthALook = 4;
    private const int MostLargeBytes = 128 * 1024;

    [ThreadStatic]
    private static Loop? _current;

    private readonly ILogger _log;
    private readonly int _epoll;
    private readonly int _wake;
    private readonly Thread _thread;
    private readonly Watches _watches = new();
    private readonly Lock _lock = new();
    private List<(Action<object> Do, object With)> _posted = [];
    private List<(Action<object> Do, object With)> _doing = [];
    private readonly List<ISender> _sending = [];
    private readonly Queue<(Action<object?> Do, object? With)> _next = new();
    private bool _isCalling;
    private bool _heardMany;
    private int _largeBytes;
    private bool _stopped;

    public Loop(string name, ILogger log)
    {
        _log = log;
        (_epoll, _wake) = (Check(Libc.EpollCreate()), Check(Libc.EventCreate()));
        Check(Libc.EpollControl(_epoll, Add, _wake, EpollEvents.In, 0));
        _thread = new Thread(Run) { IsBackground = true, Name = name };
        _thread.Start();
    }

    /// <summary>Where it and its connections say what surprises them.</summary>
    public ILogger Log => _log;

    /// <summary>What it is all read into; whoever reads is done with it when he returns.</summary>
    public byte[] ReadBuffer { get; } = GC.AllocateUninitializedArray<byte>(256 * 1024, pinned: true);

    /// <summary>What is sent in one go.</summary>
    public Gathering Gathering { get; } = new();

    /// <summary>The one whose thread the caller is on, if it is any.</summary>
    public static Loop? Current => _current;

    /// <summary>The caller is on its thread.</summary>
    public bool IsCurrent => _current == this;

    /// <summary>Does something on this thread, in a while. From any thread; in the order of the calls.</summary>
    public void Post(Action<object> work, object with)
    {
        lock (_lock)
        {
            if (_stopped) return;
            _posted.Add((work, with));
            if (_posted.Count > 1) return;
            // Under the lock: afterwards the descriptor may be closed.
            Libc.Signal(_wake);
        }
    }

    /// <summary>Knows from now on who is to be called for a descriptor. What comes back stands for the registration.</summary>
    public ulong Know(int fd, IWatched watched) => _watches.Add(fd, watched);

    public void Forget(ulong registration) => _watches.Remove(registration);

    /// <summary>
    /// Asks for other events of a descriptor. For none it must be taken out: errors cannot be masked, and would be reported
    /// over and over. From any thread, but one at a time.
    /// </summary>
    /// <returns>0, or the negative error number.</returns>
    public int Watch(ulong registration, EpollEvents before, EpollEvents events)
    {
        if (before == events) return 0;
        var operation = events == EpollEvents.None ? Delete : before == EpollEvents.None ? Add : Modify;
        return Libc.EpollControl(_epoll, operation, (int)(uint)registration, events, registration);
    }

    /// <summary>
    /// Somebody was heard. Who says several things at once perhaps goes on: a pair's handshake comes in such bursts. With
    /// large messages there is nothing to gather, and what is sent later has left the processor's cache.
    /// </summary>
    public void Heard(int bytes, int messages)
    {
        if (bytes >= Gathering.AloneBytes) _largeBytes += bytes;
        else if (messages > 1) _heardMany = true;
    }

    /// <summary>
    /// Goes on with something as soon as the one who is called now has returned. False where nobody is: on other threads,
    /// and while it sends.
    /// </summary>
    public bool TryThen(Action<object?> work, object? with)
    {
        if (!IsCurrent || !_isCalling) return false;
        _next.Enqueue((work, with));
        return true;
    }

    /// <summary>This one sends at the end of the turn. On this thread.</summary>
    public void Sends(ISender sender) => _sending.Add(sender);

    /// <summary>Closes whatever is left, and ends. Returns when that is done.</summary>
    public void Stop()
    {
        Post(static loop => ((Loop)loop).StopHere(), this);
        if (!IsCurrent) _thread.Join();
    }

    private static int Check(int result) =>
        result >= 0 ? result : throw new IOException($"The kernel gives no epoll: error {-result}.");

    private void Run()
    {
        _current = this;
        var events = GC.AllocateUninitializedArray<byte>(EventsPerTurn * EpollEvent.Bytes, pinned: true);
        while (!_stopped)
        {
            Look(events, wait: true);
            for (var looks = 0; looks < MoreLooks && (_heardMany || _sending.Count >= WorthALook); looks++)
                if (Look(events, wait: false) <= 0) break;
            SendAll();
        }
        Libc.Close(_wake);
        Libc.Close(_epoll);
    }

    private int Look(byte[] events, bool wait)
    {
        var count = Libc.EpollWait(_epoll, events, wait);
        for (var i = 0; i < count; i++) Dispatch(EpollEvent.Read(events.AsSpan(i * EpollEvent.Bytes)));
        return count;
    }

    private void Dispatch((EpollEvents Events, ulong Data) one)
    {
        _isCalling = true;
        try
        {
            if (one.Data == 0) DoPosted();
            else _watches.Find(one.Data)?.Ready(one.Events);
        }
        catch (Exception surprise)
        {
            _log.LoopSurprised(surprise);
        }
        DoNext();
        _isCalling = false;
        // To a single one there is nothing to gather: a room of two, or a message for one peer.
        if ((_sending.Count == 1 && !_heardMany) || _largeBytes >= MostLargeBytes) SendAll();
    }

    private void DoNext()
    {
        while (_next.TryDequeue(out var next))
        {
            try
            {
                next.Do(next.With);
            }
            catch (Exception surprise)
            {
                _log.LoopSurprised(surprise);
            }
        }
    }

    private void DoPosted()
    {
        lock (_lock)
        {
            Libc.Clear(_wake);
            (_posted, _doing) = (_doing, _posted);
        }
        foreach (var (work, with) in _doing)
        {
            try
            {
                work(with);
            }
            catch (Exception surprise)
            {
                _log.LoopSurprised(surprise);
            }
        }
        _doing.Clear();
    }

    // Who is closed here may have made others speak: they are appended.
    private void SendAll()
    {
        for (var i = 0; i < _sending.Count; i++) _sending[i].SendNow();
        _sending.Clear();
        (_heardMany, _largeBytes) = (false, 0);
        Gathering.Forget();
    }

    private void StopHere()
    {
        foreach (var watched in _watches.All) watched.Stop();
        SendAll();
        lock (_lock)
        {
            _stopped = true;
            _posted.Clear();
        }
    }
}
