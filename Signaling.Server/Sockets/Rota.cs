namespace Signaling.Server.Sockets;

/// <summary>When each session is to be looked at next. Thousands say nothing most of the time: they are passed over, untouched.</summary>
internal sealed class Rota
{
    private readonly Lock _lock = new();
    private (Session? Session, long Due)[] _entries = new (Session?, long)[64];
    private int _count;

    /// <summary>The sessions of this moment.</summary>
    public Session[] All
    {
        get
        {
            lock (_lock) return [.. _entries.Take(_count).Select(entry => entry.Session!)];
        }
    }

    public bool IsEmpty => Volatile.Read(ref _count) == 0;

    /// <summary>To be looked at soon.</summary>
    public void Add(Session session)
    {
        lock (_lock)
        {
            if (_count == _entries.Length) Array.Resize(ref _entries, 2 * _count);
            _entries[_count] = (session, 0);
            (session.Rota, session.Place) = (this, _count++);
        }
    }

    public void Remove(Session session)
    {
        lock (_lock)
        {
            if (session.Rota is null) return;
            var last = _entries[--_count];
            _entries[session.Place] = last;
            last.Session!.Place = session.Place;
            _entries[_count] = default;
            session.Rota = null;
        }
    }

    /// <summary>Something has happened to a session: to be looked at soon.</summary>
    public void Hurry(Session session) => At(session, 0);

    /// <summary>Adds those whose time has come.</summary>
    public void AddDue(long now, List<Session> to)
    {
        lock (_lock)
        {
            foreach (var (session, due) in _entries.AsSpan(0, _count))
                if (due <= now) to.Add(session!);
        }
    }

    /// <summary>To be looked at then, unless its end is decided meanwhile: then soon.</summary>
    public void Again(Session session, long at)
    {
        At(session, at);
        if (session.Outbox.Ending is not null) Hurry(session);
    }

    private void At(Session session, long at)
    {
        lock (_lock)
        {
            if (session.Rota is not null) _entries[session.Place].Due = at;
        }
    }
}
