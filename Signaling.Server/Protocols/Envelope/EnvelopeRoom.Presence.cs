using Signaling.Server.Relay;

namespace Signaling.Server.Protocols.Envelope;

/// <summary>Who is told of whom, and when: at once in a small room, in batches in a large one.</summary>
internal sealed partial class EnvelopeRoom
{
    private PresenceBatch? _batch;
    private long _latest;

    private int BatchAbove => _terms.Presence.BatchAbove;

    private PresenceBatch Batch => _batch ??= new PresenceBatch(_terms, _gate, _members, _here);

    /// <summary>Tells one member of another out of turn, because the other has something to say to it; false when that one has left.</summary>
    public bool Introduce(Member newcomer, Place to)
    {
        lock (_gate)
        {
            if (to.Knows(newcomer.Seq)) return true;
            if (!_byId.ContainsKey(newcomer.Id)) return false;
            (to.Introduced ??= []).Add(newcomer.Seq);
            foreach (var frame in PresenceFrames.Of([newcomer], [])) to.Post(frame);
            return true;
        }
    }

    // The roster of a welcome is bounded; the rest follows in batches.
    private List<Member> RosterFor(Place place) => _members.Where(one => one != place).Take(BatchAbove).ToList();

    // Frames that are sent again tell everything by themselves: the welcome of now may be lost, and they will be sent once
    // more after another one, in whose roster those of this one need not be.
    private void AnnounceRoster(Place place)
    {
        foreach (var frame in PresenceFrames.Of(RosterFor(place).Where(one => !place.Knows(one.Seq)), [])) place.Post(frame);
    }

    private void Welcome(Place place, Peer line, long? got, bool resumed, bool gap)
    {
        var roster = RosterFor(place);
        var complete = roster.Count == _members.Count(one => one != place);
        place.Welcomed(complete ? _clock : roster[^1].Seq);
        place.Wire.Attach(line, ServerFrames.Welcome(place, Name, resumed, gap, roster, more: !complete, _terms), got);
        if (!complete) Batch.Arm();
    }

    private void Announce(Member newcomer)
    {
        var before = _latest;
        _latest = newcomer.Seq;
        if (_members.Count > BatchAbove)
        {
            Batch.Arm();
            return;
        }
        var frame = ServerFrames.Join(newcomer);
        foreach (var other in _here)
        {
            if (other == newcomer) continue;
            if (other.Told < before)
            {
                // It has others to be told of first: this one comes with them.
                Batch.Arm();
                continue;
            }
            other.Post(frame);
            other.Told = newcomer.Seq;
        }
    }

    private void TellMeta(Member member)
    {
        var frame = ServerFrames.Meta(member);
        foreach (var other in _here)
            if (other != member && other.Knows(member.Seq)) other.Post(frame);
    }

    private void Tell(Departure departure)
    {
        var frame = ServerFrames.Leave(departure.Id, departure.Reason);
        foreach (var other in _here)
        {
            if (!other.MayKnow(departure.Seq) || other.Seq > departure.At) continue;
            other.Introduced?.Remove(departure.Seq);
            other.Post(frame);
        }
    }
}
