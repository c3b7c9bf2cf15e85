using Signaling.Server.Relay;

namespace Signaling.Server.Protocols.Envelope;

/// <summary>What the room has to do with other servers: members there, and places that move from one to the other.</summary>
internal sealed partial class EnvelopeRoom
{
    private volatile int _elsewhereCount;

    /// <summary>The client has the newest secret of its place.</summary>
    public void Confirm(Place place, string secret)
    {
        if (!place.Secrets.Confirm(secret) || elsewhere is null) return;
        lock (_gate)
        {
            if (_here.Contains(place)) elsewhere.Put(place.Id, place.Record);
        }
    }

    /// <summary>A member is on another server, or is known better.</summary>
    public void Enter(RemoteMember member)
    {
        lock (_gate)
        {
            if (!_byId.TryGetValue(member.Id, out var known))
            {
                member.Seq = ++_clock;
                _members.Add(member);
                _byId[member.Id] = member;
                _elsewhereCount++;
                Announce(member);
            }
            else if (known is RemoteMember)
            {
                Replace(known, member);
                if (!known.Entry.AsSpan().SequenceEqual(member.Entry)) TellMeta(member);
            }
        }
    }

    /// <summary>A member of another server is gone.</summary>
    public void Leave(RemoteMember member, string reason)
    {
        lock (_gate)
        {
            if (!_members.Contains(member)) return;
            _elsewhereCount--;
            Part(member, reason);
        }
    }

    /// <summary>Gets a client's place from the server where it was, if it shows a good secret: then it is kept here, until the client enters.</summary>
    public async Task AdoptAsync(string? sub, string secret)
    {
        if (Find(ResumeSecrets.PlaceId(secret)) is not RemoteMember member || member.Record.Sub != sub || !member.Record.Accepts(secret)) return;
        var place = Place.Make(member.Id, sub, member.Record.Meta, this, _terms.Limits.OutboxBytes);
        place.Secrets.Adopt(secret);
        place.HasMissed = true;
        if (!await elsewhere!.TakeAsync(place.Id, place.Record, member.Known)) return;
        lock (_gate)
        {
            // It may have left meanwhile, or been told to others with something new about it.
            var known = Find(place.Id);
            if (known is Place) return;
            if (Join(place) is not null)
            {
                elsewhere.Remove(place.Id, "timeout");
                if (known is RemoteMember lost) Leave(lost, "timeout");
                return;
            }
            if (known is null)
            {
                place.Seq = ++_clock;
                _members.Add(place);
                Announce(place);
            }
            else
            {
                Replace(known, place);
                _elsewhereCount--;
            }
        }
        Keep(place, "timeout");
    }

    /// <summary>A place of this server is on another from now on. What waits for its client goes there, too; nobody is told.</summary>
    public void GiveUp(RemoteMember member)
    {
        lock (_gate)
        {
            if (Find(member.Id) is not Place place) return;
            place.Wire.Close(CloseReason.Replaced);
            _here.Remove(place);
            Replace(place, member);
            _elsewhereCount++;
            rooms.Rooms.Leave(_room!, place, "moved");
            if (!place.Wire.IsAway) return;
            var waiting = new List<Frame>();
            place.Outbox.TakeAll(waiting);
            foreach (var frame in waiting) elsewhere!.Send("", place.Id, frame);
        }
    }

    /// <summary>Something that was said elsewhere may not have come here: everybody is told so.</summary>
    public void Missed()
    {
        lock (_gate)
        {
            foreach (var place in _here)
            {
                place.HasMissed |= place.Wire.IsAway;
                place.Post(ServerFrames.Gap);
            }
        }
    }

    /// <summary>Nobody here hears the other servers any more.</summary>
    public void End()
    {
        lock (_gate) _over = true;
        rooms.Forget(this);
    }

    // The same member, as it is from now on: whoever knows it need not be told.
    private void Replace(Member before, Member after)
    {
        after.Seq = before.Seq;
        var at = _members.IndexOf(before);
        if (at >= 0) _members[at] = after;
        _byId[after.Id] = after;
    }
}
