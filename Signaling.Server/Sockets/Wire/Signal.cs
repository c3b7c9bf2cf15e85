using System.Threading.Tasks.Sources;

namespace Signaling.Server.Sockets.Wire;

/// <summary>Wakes the one who waits, or, when nobody does, the next who will. Allocates nothing.</summary>
internal sealed class Signal : IValueTaskSource
{
    private const int Idle = 0;
    private const int Given = 1;
    private const int Waited = 2;

    // On another thread: the caller of Set is in the middle of something else.
    private ManualResetValueTaskSourceCore<bool> _source = new() { RunContinuationsAsynchronously = true };
    private int _state;

    public void Set()
    {
        while (true)
        {
            var before = Interlocked.CompareExchange(ref _state, Given, Idle);
            if (before != Waited) return;
            if (Interlocked.CompareExchange(ref _state, Idle, Waited) != Waited) continue;
            _source.SetResult(true);
            return;
        }
    }

    /// <summary>For one waiter at a time.</summary>
    public ValueTask WaitAsync()
    {
        _source.Reset();
        if (Interlocked.CompareExchange(ref _state, Waited, Idle) == Idle) return new ValueTask(this, _source.Version);
        Volatile.Write(ref _state, Idle);
        return default;
    }

    void IValueTaskSource.GetResult(short token) => _source.GetResult(token);

    ValueTaskSourceStatus IValueTaskSource.GetStatus(short token) => _source.GetStatus(token);

    void IValueTaskSource.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _source.OnCompleted(continuation, state, token, flags);
}
