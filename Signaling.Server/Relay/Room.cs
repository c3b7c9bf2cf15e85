namespace Signaling.Server.Relay;

/// <summary>Peers that hear each other. A broadcast reads a copied array and takes no lock; joining and leaving are serial.</summary>
public sealed class Room(string name, int places, RelayTelemetry telemetry)
{
    private readonly Lock _membership = new();
    private volatile Peer[] _peers = [];
    private bool _over;

    /// <summary>The name in the URL; the lobby's is empty.</summary>
    public string Name { get; } = name;

    /// <summary>The same room on other servers; null where there are none.</summary>
    public ITopic? Elsewhere { get; init; }

    /// <summary>How many peers are in it.</summary>
    public int Count => _peers.Length;

    /// <summary>Those who are in it, in the order of joining.</summary>
    public IReadOnlyList<Peer> Peers => _peers;

    /// <summary>Adds a peer, if there is a place for it (0: for any number).</summary>
    public Entry TryJoin(Peer peer)
    {
        lock (_membership)
        {
            if (_over) return Entry.Over;
            if (places > 0 && _peers.Length >= places) return Entry.Full;
            _peers = [.. _peers, peer];
            return Entry.Joined;
        }
    }

    /// <summary>Removes a peer; true when it was the last one: the room is over, and nobody can join it any more.</summary>
    public bool Leave(Peer peer)
    {
        lock (_membership)
        {
            _peers = [.. _peers.Where(one => one != peer)];
            return _over = _peers.Length == 0;
        }
    }

    /// <summary>Sends a frame to everyone but its sender, in the order of the sender's calls: first here, then elsewhere.</summary>
    public void Broadcast(Frame frame, Peer from)
    {
        Deliver(frame, from);
        Elsewhere?.Say(from, frame);
    }

    /// <summary>Sends a frame to everyone on this server but its sender, who may be on another.</summary>
    public void Deliver(Frame frame, Peer from)
    {
        var peers = _peers;
        var receivers = 0;
        telemetry.Tap?.Said(new Said(Name, from, peers) { Frame = frame });
        foreach (var peer in peers)
        {
            if (peer == from) continue;
            peer.Hear(frame, from);
            receivers++;
        }
        telemetry.Delivered(receivers, frame.Length);
        RelayTraces.Queued(peers, from);
    }
}
