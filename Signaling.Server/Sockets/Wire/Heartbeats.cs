using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;

namespace Signaling.Server.Sockets.Wire;

/// <summary>
/// Beats once a second for connections that Kestrel has to itself. By Kestrel's own heart each connection is looked at,
/// and of ten thousand sessions that say nothing this was a third of what they cost.
/// </summary>
internal sealed class Heartbeats : IDisposable
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(1);

    private readonly HashSet<Heartbeat> _beating = [];
    private readonly Lock _turn = new();
    private readonly ILogger _log;
    private readonly ITimer _timer;

    /// <param name="time">Kestrel's, by which its timeouts go.</param>
    /// <param name="log">Where it is said that a beat has failed.</param>
    public Heartbeats(TimeProvider time, ILogger<Heartbeats> log)
    {
        _log = log;
        _timer = time.CreateTimer(static all => ((Heartbeats)all!).Beat(), this, Period, Period);
    }

    /// <summary>Gives a connection its heartbeat, until its end.</summary>
    public async Task ServeAsync(ConnectionContext connection, ConnectionDelegate next)
    {
        var heartbeat = new Heartbeat(this);
        connection.Features.Set<IConnectionHeartbeatFeature>(heartbeat);
        connection.Features.Set(heartbeat);
        try
        {
            await next(connection);
        }
        finally
        {
            Set(heartbeat, beats: false);
        }
    }

    public void Set(Heartbeat heartbeat, bool beats)
    {
        lock (_beating)
        {
            if (beats) _beating.Add(heartbeat);
            else _beating.Remove(heartbeat);
        }
    }

    public void Dispose() => _timer.Dispose();

    private void Beat()
    {
        // What takes longer than the period must not meet itself.
        if (!_turn.TryEnter()) return;
        try
        {
            Heartbeat[] beating;
            lock (_beating) beating = [.. _beating];
            foreach (var one in beating) Beat(one);
        }
        finally
        {
            _turn.Exit();
        }
    }

    private void Beat(Heartbeat one)
    {
        try
        {
            one.Beat();
        }
        catch (Exception surprise)
        {
            _log.ConnectionSurprised(surprise);
        }
    }
}
