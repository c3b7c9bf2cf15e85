namespace Signaling.Server.Relay;

/// <summary>
/// What all servers share under one name: a room, an id. This is one server's hand in it. Calls return at once, and what
/// they ask for goes to the other servers in their order; what cannot is dropped, and missed there: <see cref="ITopicListener.Missed"/>.
/// </summary>
public interface ITopic : IDisposable
{
    /// <summary>Done when this server hears the others, and its listener knows who is there; also when that cannot be had for now. Never fails.</summary>
    Task Ready { get; }

    /// <summary>To everybody on other servers.</summary>
    /// <param name="from">Who says it.</param>
    /// <param name="frame">As the peers of its own server hear it.</param>
    void Say(Peer from, Frame frame);

    /// <summary>To one member, on whichever server it is when this arrives.</summary>
    /// <param name="from">Who says it.</param>
    /// <param name="receiver">For whom it is.</param>
    /// <param name="frame">As it is to be heard.</param>
    void Send(string from, string receiver, Frame frame);

    /// <summary>A member is on this server, or something about it has changed.</summary>
    /// <param name="id">Its id, unique among all servers.</param>
    /// <param name="about">What its protocol keeps about it; <see cref="MaxAboutBytes"/> at most.</param>
    void Put(string id, ReadOnlyMemory<byte> about);

    /// <summary>A member of this server is gone.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="reason">Of few words, which never change.</param>
    void Remove(string id, string reason);

    /// <summary>
    /// Makes a member one of this server, if nobody has it, or if it still is as this server knows it: from then on the
    /// server that had it is told that it was taken. For ids that are chosen by clients, and for peers that move.
    /// </summary>
    /// <param name="id">Its id.</param>
    /// <param name="about">What its protocol keeps about it.</param>
    /// <param name="instead">The member that it was; null for one that is nobody's.</param>
    /// <returns>Whether it is one of this server now. Where the other servers cannot be asked: yes, for an id that nobody has.</returns>
    Task<bool> TakeAsync(string id, ReadOnlyMemory<byte> about, Elsewhere? instead);

    /// <summary>Bytes that may be kept about a member.</summary>
    const int MaxAboutBytes = 8192;
}
