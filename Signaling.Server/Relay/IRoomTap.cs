namespace Signaling.Server.Relay;

/// <summary>
/// Hears what happens in rooms while somebody watches. Calls come from peers' threads, before what they tell has its
/// effect, and often under a lock of the room: a tap returns at once and calls neither rooms nor protocols.
/// </summary>
public interface IRoomTap
{
    /// <summary>A peer is in the room from now on.</summary>
    void Joined(string room, Peer peer);

    /// <summary>A peer leaves the room.</summary>
    /// <param name="room">The room's name.</param>
    /// <param name="peer">Who leaves.</param>
    /// <param name="reason">Of few words, which never change.</param>
    void Left(string room, Peer peer, string reason);

    /// <summary>A peer said something.</summary>
    void Said(in Said said);
}
