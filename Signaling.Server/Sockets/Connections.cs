using Microsoft.Extensions.Options;
using Signaling.Server.Relay;

namespace Signaling.Server.Sockets;

/// <summary>All open sessions: looks after their lines.</summary>
internal sealed class Connections(TimeProvider time, IOptions<KeepAliveOptions> keepAlive) : IHostedService
{
    private static readonly TimeSpan TickPeriod = TimeSpan.FromMilliseconds(500);

    private readonly Rota _sessions = new();
    private readonly List<Session> _due = [];
    private readonly TaskCompletionSource _empty = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private ITimer? _timer;

    /// <summary>The server is about to stop: nobody else is let in.</summary>
    public bool IsStopping { get; private set; }

    /// <summary>Those whom the drain has closed may still take what waits for them.</summary>
    public bool IsDraining { get; set; }

    /// <summary>The sessions of this moment.</summary>
    public Session[] All => _sessions.All;

    /// <summary>Nobody is connected, and nobody will be.</summary>
    public Task Empty => _empty.Task;

    public void Add(Session session)
    {
        _sessions.Add(session);
        if (IsStopping) session.Outbox.Close(CloseReason.GoingAway);
    }

    public void Remove(Session session)
    {
        _sessions.Remove(session);
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
        // A tick that takes longer than the period must not meet the next one.
        lock (_due)
        {
            var now = time.GetTimestamp();
            var patience = Patience.Of(keepAlive.Value, time);
            _sessions.AddDue(now, _due);
            foreach (var session in _due) _sessions.Again(session, session.Tick(now, patience, IsDraining));
            _due.Clear();
        }
    }
}
