using Microsoft.AspNetCore.Connections.Features;

namespace Signaling.Server.Sockets.Wire;

/// <summary>Of one connection: what Kestrel does about it once a second, for its timeouts.</summary>
internal sealed class Heartbeat(Heartbeats all) : IConnectionHeartbeatFeature
{
    private Action? _beat;

    /// <summary>The connection is a session's, which has none of Kestrel's timeouts.</summary>
    public bool IsSessions
    {
        set => all.Set(this, beats: !value);
    }

    public void OnHeartbeat(Action<object> action, object state)
    {
        _beat += () => action(state);
        all.Set(this, beats: true);
    }

    public void Beat() => _beat?.Invoke();
}
