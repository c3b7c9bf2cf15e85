using Signaling.Server.Relay;

namespace Signaling.Server.Tests.Harness;

/// <summary>A wire that takes nothing: for tests that look at the relay without sockets.</summary>
internal sealed class SilentWire : IWire
{
    public static Peer NewPeer() => new(PeerId.New(), new Outbox(65_536, new SilentWire()));

    /// <summary>How often it was told that something waits.</summary>
    public int Wakes { get; private set; }

    public void Wake() => Wakes++;

    public void Ended()
    {
    }
}
