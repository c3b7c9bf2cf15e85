namespace Signaling.Server.Backplane;

/// <summary>Whether a server that cannot reach the others is ready to serve.</summary>
public enum Readiness
{
    /// <summary>Yes: its own rooms work. <c>/health</c> says Degraded, with 200.</summary>
    Degraded,

    /// <summary>No: whoever connects shall go to another. <c>/health</c> says Unhealthy, with 503.</summary>
    Unready,
}
