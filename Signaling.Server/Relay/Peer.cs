namespace Signaling.Server.Relay;

/// <summary>One end of the conversation: an id, and an outbox for what others say to it.</summary>
/// <param name="id">Unique among the peers of this server; never reused.</param>
/// <param name="outbox">Where frames wait until the wire takes them.</param>
public class Peer(string id, Outbox outbox)
{
    /// <summary>Unique among the peers of this server; never reused.</summary>
    public string Id { get; } = id;

    /// <summary>Another member of the room said something. A protocol that dresses up what its peers hear does it here.</summary>
    public virtual void Hear(Frame frame, Peer from) => Post(from.Plain(frame));

    /// <summary>What this peer says, for members that know no protocol: the very frame, where it speaks none itself.</summary>
    public virtual Frame Plain(Frame frame) => frame;

    /// <summary>Sends this peer a frame. Never waits: a peer that reads too slowly is closed, see <see cref="Outbox"/>.</summary>
    public virtual void Post(Frame frame) => outbox.Post(frame);

    /// <summary>As <see cref="Post"/>, for what a new connection is owed from the start: see <see cref="Outbox.Owe"/>.</summary>
    public void Owe(Frame frame) => outbox.Owe(frame);

    /// <summary>Bytes that wait for this peer.</summary>
    public virtual int Waiting => outbox.Waiting;

    /// <summary>Calls back when the wire has taken all that waits now: see <see cref="Outbox.WhenTaken"/>.</summary>
    public virtual void WhenTaken(Action passed) => outbox.WhenTaken(passed);

    /// <summary>Why the connection ends, once that is decided.</summary>
    public CloseReason? Ending => outbox.Ending;

    /// <summary>Ends the connection, after what was posted before. The first reason given is the one that counts.</summary>
    public void Close(CloseReason reason) => outbox.Close(reason);
}
