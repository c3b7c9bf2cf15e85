namespace Signaling.Server.Relay;

/// <summary>Those who want to know when a wire has taken what waits in an outbox: there is one of these only while somebody does.</summary>
internal sealed class OutboxMarks
{
    private readonly Queue<(long At, Action Then)> _marks = new();
    private readonly Queue<Action> _passed = new();
    private long _taken;

    /// <summary>Under the outbox's lock: so many frames wait, and after them somebody is to be called.</summary>
    public void Add(int waiting, Action then) => _marks.Enqueue((_taken + waiting, then));

    /// <summary>Under the outbox's lock: so many were taken.</summary>
    public void Took(int frames)
    {
        _taken += frames;
        while (_marks.TryPeek(out var mark) && mark.At <= _taken)
        {
            lock (_passed) _passed.Enqueue(_marks.Dequeue().Then);
        }
    }

    /// <summary>Outside of it: calls those whose turn has come.</summary>
    public void Call()
    {
        while (true)
        {
            Action then;
            lock (_passed)
            {
                if (!_passed.TryDequeue(out then!)) return;
            }
            then();
        }
    }
}
