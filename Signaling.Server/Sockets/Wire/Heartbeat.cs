using Microsoft.AspNetCore.Connections.Features;

namespace Signaling.Server.Sockets.Wire;

/// <summary>
/// Kestrel looks at each of its connections once a second, for its timeouts. A session's has none of them, and ten thousand
/// that say nothing cost more by that than by all else: they are passed over as long as the session lasts.
/// </summary>
internal sealed class Heartbeat(IConnectionHeartbeatFeature kestrels) : IConnectionHeartbeatFeature
{
    private volatile bool _isSessions;

    /// <summary>The connection is a session's.</summary>
    public bool IsSessions
    {
        get => _isSessions;
        set => _isSessions = value;
    }

    public void OnHeartbeat(Action<object> action, object state) => kestrels.OnHeartbeat(_ =>
    {
        if (!_isSessions) action(state);
    }, this);
}
