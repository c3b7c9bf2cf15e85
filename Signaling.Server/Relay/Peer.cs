namespace Signaling.Server.Relay;

/// <summary>One end of the conversation: an id, and an outbox for what others say to it.</summary>
/// <param name="id">Unique among the peers of this server; never reused.</param>
/// <param name="outbox">Where frames wait until the wire takes them.</param>
public sealed class Peer(string id, Outbox outbox)
{
    /// <summary>Unique among the peers of this server; never reused.</summary>
    public string Id { get; } = id;

    /// <summary>Sends this peer a frame. Never waits: a peer that reads too slowly is closed, see <see cref="Outbox"/>.</summary>
    public void Post(Frame frame) => outbox.Post(frame);

    /// <summary>Ends the connection, after what was posted before. The first reason given is the one that counts.</summary>
    public void Close(CloseReason reason) => outbox.Close(reason);
}
