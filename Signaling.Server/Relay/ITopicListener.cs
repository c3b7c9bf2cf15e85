namespace Signaling.Server.Relay;

/// <summary>Hears what other servers say in a topic. Calls come one at a time; they return at once.</summary>
public interface ITopicListener
{
    /// <summary>Somebody elsewhere said something to everybody.</summary>
    /// <param name="from">The id of the speaker.</param>
    /// <param name="frame">As the peers of its own server heard it.</param>
    void Said(string from, Frame frame);

    /// <summary>Somebody elsewhere said something to one. It may not be here: then it is for another server.</summary>
    /// <param name="from">The id of the speaker.</param>
    /// <param name="receiver">The id of the one that it is for.</param>
    /// <param name="frame">As it is to be heard.</param>
    void Sent(string from, string receiver, Frame frame);

    /// <summary>A member is elsewhere, from now on or as before; what is known about it may be new, and so may its server.</summary>
    void Entered(Elsewhere member);

    /// <summary>A member that was elsewhere is gone.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="reason">Of few words; from another server: look before you believe.</param>
    void Left(string id, string reason);

    /// <summary>A member of this server is one of another server from now on.</summary>
    void Taken(Elsewhere member);

    /// <summary>Something that others said may not have come here.</summary>
    void Missed();

    /// <summary>Nobody here has the topic open any more. Last call.</summary>
    void Closed();
}
