using Signaling.Server.Relay;
using Signaling.Server.Sockets;

namespace Signaling.Server.Protocols.PeerJs;

/// <summary>An id, as far as other servers have to do with it: who has it there, and what is sent to it.</summary>
/// <param name="id">The id.</param>
/// <param name="topic">Its topic.</param>
/// <param name="realm">Those who have ids here.</param>
/// <param name="closed">Called when nobody here needs it any more.</param>
internal sealed class PeerJsAddress(string id, ITopic topic, PeerJsRealm realm, Action<PeerJsAddress> closed) : ITopicListener
{
    // So that what waited goes before what comes.
    private readonly Lock _turn = new();
    private Elsewhere? _holder;

    /// <summary>The id.</summary>
    public string Id => id;

    /// <summary>The client elsewhere that has the id; null where there is none, or one here.</summary>
    public Elsewhere? Holder => Volatile.Read(ref _holder);

    /// <summary>Sends to the client that has the id elsewhere, after what waited for it. False where there is none.</summary>
    public bool TrySend(string from, Frame frame)
    {
        lock (_turn)
        {
            if (!SendWaiting()) return false;
            topic.Send(from, id, frame);
            return true;
        }
    }

    /// <summary>Sends what waits, if somebody has the id elsewhere. True when somebody has.</summary>
    public bool SendWaiting()
    {
        lock (_turn)
        {
            if (Holder is null || !topic.Ready.IsCompleted) return false;
            foreach (var frame in realm.TakeWaiting(id)) topic.Send("", id, frame);
            return true;
        }
    }

    /// <summary>It is not that client's any more, but one's of this server.</summary>
    public void TakenFrom(Elsewhere? holder) => Interlocked.CompareExchange(ref _holder, null, holder);

    public void Said(string from, Frame frame)
    {
    }

    public void Sent(string from, string receiver, Frame frame)
    {
        // PeerJS reads nothing but text.
        if (FrameEncoder.Decode(frame).Opcode == Opcode.Text) realm.Hear(id, frame);
    }

    public void Entered(Elsewhere member)
    {
        if (member.Id != id) return;
        Volatile.Write(ref _holder, member);
        SendWaiting();
    }

    public void Left(string left, string reason)
    {
        if (left == id) Volatile.Write(ref _holder, null);
    }

    public void Taken(Elsewhere member)
    {
        if (member.Id != id) return;
        Volatile.Write(ref _holder, member);
        realm.GiveUp(id);
    }

    // Nobody is told: who offers and gets no answer tries again, or gives up.
    public void Missed()
    {
    }

    public void Closed() => closed(this);
}
