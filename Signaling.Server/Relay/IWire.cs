namespace Signaling.Server.Relay;

/// <summary>
/// The way out to one peer. Calls come from other peers' threads, so they return at once.
/// </summary>
public interface IWire
{
    /// <summary>Frames wait: take them until <see cref="Outbox.Take"/> says that there are no more.</summary>
    void Wake();

    /// <summary><see cref="Outbox.Ending"/> is decided: send what waits, say why, and end.</summary>
    void Ended();
}
