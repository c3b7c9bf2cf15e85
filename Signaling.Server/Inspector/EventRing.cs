namespace Signaling.Server.Inspector;

/// <summary>The last events of a room, so that a viewer whose connection was lost misses none. Not thread-safe.</summary>
internal sealed class EventRing
{
    /// <summary>Events that are kept.</summary>
    public const int Capacity = 1000;

    private readonly Queue<Told> _kept = new();

    /// <summary>The number of the last event.</summary>
    public long Last { get; private set; }

    /// <summary>Keeps an event, numbered after the last one.</summary>
    public void Add(Told told)
    {
        Last = told.Seq;
        _kept.Enqueue(told);
        if (_kept.Count > Capacity) _kept.Dequeue();
    }

    /// <summary>Whether every event after that one is still kept.</summary>
    public bool Reaches(long seq) => seq <= Last && seq >= Last - _kept.Count;

    /// <summary>The events after that one, in order.</summary>
    public IEnumerable<Told> After(long seq) => _kept.Where(told => told.Seq > seq);
}
