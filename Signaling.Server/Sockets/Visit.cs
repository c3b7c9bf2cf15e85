using System.Diagnostics;
using Signaling.Server.Hosting;
using Signaling.Server.Relay;

namespace Signaling.Server.Sockets;

/// <summary>One client from admission to the end of its connection: what was taken for it is given back, once.</summary>
internal sealed class Visit(ClientAddress address, ConnectionLimits places, Connections connections, RelayTelemetry telemetry, ILogger log)
{
    private Session? _session;
    private Activity? _span;
    private DateTimeOffset _admitted;
    private string? _protocol;

    public Session Session => _session!;

    /// <summary>It has a session; the server looks after its line.</summary>
    public void Has(Session session)
    {
        _session = session;
        _admitted = DateTimeOffset.UtcNow;
        connections.Add(session);
    }

    /// <summary>The client is let in.</summary>
    public void Begin(string protocol, string room)
    {
        telemetry.Connected();
        _protocol = protocol;
        _session!.Trace = _span = RelayTraces.Session(protocol, room, _admitted);
    }

    /// <summary>The line is gone, or nobody was let in. The last call.</summary>
    public void End()
    {
        _session?.End();
        places.Leave(address);
        if (_session is null) return;
        connections.Remove(_session);
        if (_session.Failure is { } failure) log.SessionFailed(failure);
        if (_protocol is null) return;
        var reason = _session.Outbox.Ending ?? CloseReason.Lost;
        telemetry.Disconnected(reason);
        var before = Activity.Current;
        if (_span is not null) Activity.Current = _span; // so that the line is of its trace
        log.SessionEnded(_protocol, reason.Code, reason.Name);
        Activity.Current = before;
        RelayTraces.Ended(_span, reason);
    }
}
