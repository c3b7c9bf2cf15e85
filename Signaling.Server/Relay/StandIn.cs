namespace Signaling.Server.Relay;

/// <summary>A peer of another server, for those of this one: it speaks here, and hears elsewhere. What is posted to it goes nowhere.</summary>
/// <param name="id">Its id.</param>
public class StandIn(string id) : Peer(id, Nowhere)
{
    /// <summary>Of a peer that hears elsewhere.</summary>
    public static Outbox Nowhere { get; } = Closed();

    private static Outbox Closed()
    {
        var outbox = new Outbox(0, new NoWire());
        outbox.Close(CloseReason.Lost);
        return outbox;
    }

    private sealed class NoWire : IWire
    {
        public void Wake()
        {
        }

        public void Ended()
        {
        }
    }
}
