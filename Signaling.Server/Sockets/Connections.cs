using System.Collections.Concurrent;
using Microsoft.Extensions.Options;
using Signaling.Server.Relay;

namespace Signaling.Server.Sockets;

/// <summary>All open sessions: looks after their lines, and ends them when the server stops.</summary>
internal sealed class Connections(TimeProvider time, IOptions<KeepAliveOptions> keepAlive) : IHostedLifecycleService
{
    private static readonly TimeSpan TickPeriod = TimeSpan.FromMilliseconds(500);

    private readonly ConcurrentDictionary<Session, byte> _sessions = new();
    private readonly TaskCompletionSource _empty = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private ITimer? _timer;

    /// <summary>The server is about to stop: nobody else is let in.</summary>
    public bool IsStopping { get; private set; }

    public void Add(Session session)
    {
        _sessions[session] = 0;
        if (IsStopping) session.Outbox.Close(CloseReason.GoingAway);
    }

    public void Remove(Session session)
    {
        _sessions.TryRemove(session, out _);
        if (IsStopping && _sessions.IsEmpty) _empty.TrySetResult();
    }

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _timer = time.CreateTimer(_ => Tick(), null, TickPeriod, TickPeriod);
        return Task.CompletedTask;
    }

    // Before Kestrel stops: it would cut the lines without a word.
    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        IsStopping = true;
        foreach (var (session, _) in _sessions) session.Outbox.Close(CloseReason.GoingAway);
        if (_sessions.IsEmpty) return;
        try
        {
            await _empty.Task.WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            foreach (var (session, _) in _sessions) session.Abort();
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) =>
        _timer is null ? Task.CompletedTask : _timer.DisposeAsync().AsTask();

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private void Tick()
    {
        var now = time.GetTimestamp();
        foreach (var (session, _) in _sessions) session.Tick(now, time, keepAlive.Value);
    }
}
