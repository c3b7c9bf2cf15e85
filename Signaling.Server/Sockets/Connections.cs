using System.Collections.Concurrent;
using Microsoft.Extensions.Options;
using Signaling.Server.Relay;

namespace Signaling.Server.Sockets;

/// <summary>All open sessions: looks after their lines.</summary>
internal sealed class Connections(TimeProvider time, IOptions<KeepAliveOptions> keepAlive) : IHostedService
{
    private static readonly TimeSpan TickPeriod = TimeSpan.FromMilliseconds(500);

    private readonly ConcurrentDictionary<Session, byte> _sessions = new();
    private readonly TaskCompletionSource _empty = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private ITimer? _timer;

    /// <summary>The server is about to stop: nobody else is let in.</summary>
    public bool IsStopping { get; private set; }

    /// <summary>Those whom the drain has closed may still take what waits for them.</summary>
    public bool IsDraining { get; set; }

    /// <summary>The sessions of this moment.</summary>
    public Session[] All => [.. _sessions.Keys];

    /// <summary>Nobody is connected, and nobody will be.</summary>
    public Task Empty => _empty.Task;

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

    /// <summary>From here on nobody is let in. Who came before is among <see cref="All"/>, or is gone.</summary>
    public void LetNobodyIn()
    {
        IsStopping = true;
        if (_sessions.IsEmpty) _empty.TrySetResult();
    }

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _timer = time.CreateTimer(_ => Tick(), null, TickPeriod, TickPeriod);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) =>
        _timer is null ? Task.CompletedTask : _timer.DisposeAsync().AsTask();

    private void Tick()
    {
        var now = time.GetTimestamp();
        foreach (var (session, _) in _sessions) session.Tick(now, time, keepAlive.Value, IsDraining);
    }
}
