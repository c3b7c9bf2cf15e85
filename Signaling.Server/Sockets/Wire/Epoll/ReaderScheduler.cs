using System.IO.Pipelines;

namespace Signaling.Server.Sockets.Wire.Epoll;

/// <summary>
/// Where the reader of a connection goes on when bytes have come. Kestrel and the application may take their time, and are
/// on the thread pool. A session's stream blocks for nothing: it goes on on the loop, and needs no hop.
/// </summary>
internal sealed class ReaderScheduler(Loop loop) : PipeScheduler
{
    private volatile bool _onLoop;

    /// <summary>The reader is a session's stream.</summary>
    public bool OnLoop
    {
        get => _onLoop;
        set => _onLoop = value;
    }

    public override void Schedule(Action<object?> action, object? state)
    {
        if (!_onLoop || !loop.TryThen(action, state)) ThreadPool.Schedule(action, state);
    }
}
