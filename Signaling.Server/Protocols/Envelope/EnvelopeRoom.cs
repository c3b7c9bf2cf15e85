using System.Collections.Concurrent;
using Signaling.Server.Relay;

namespace Signaling.Server.Protocols.Envelope;

/// <summary>
/// The members of a room that have an identity, and who was told of whom. One lock is held while membership changes and
/// the welcome, joins and leaves are posted, so everybody is told of every other exactly once, and before he speaks.
/// </summary>
internal sealed class EnvelopeRoom(string name, EnvelopeRooms rooms)
{
    private readonly Lock _gate = new();
    private readonly List<Place> _members = []; // in the order of joining
    private readonly ConcurrentDictionary<string, Place> _byId = new(StringComparer.Ordinal);
    private readonly EnvelopeTerms _terms = rooms.Terms;
    private PresenceBatch? _batch;
    private Room? _room;
    private long _clock;
    private long _latest;
    private bool _over;

    public string Name { get; } = name;

    /// <summary>Peers that a broadcast of one of them reaches, raw ones included.</summary>
    public int Audience => (_room?.Count ?? 1) - 1;

    private int BatchAbove => _terms.Presence.BatchAbove;

    /// <summary>Lets a newcomer in; null when the last member has left meanwhile and the room is over.</summary>
    public Seat? Enter(Peer line, string? sub, byte[] meta)
    {
        lock (_gate)
        {
            if (_over) return null;
            var place = Place.Make(NewId(sub), sub, meta, this, _terms.Limits.OutboxBytes);
            place.Seq = ++_clock;
            Welcome(place, line, got: null, resumed: false, gap: false);

            // Only now can it be heard, and hear: the welcome is the first frame.
            if (rooms.Rooms.Join(Name, place, out var room) is { } refused)
            {
                // It never was a member: nobody will be told of it.
                line.Close(refused);
                _over = _members.Count == 0;
                if (_over) rooms.Forget(this);
                return new Seat(place, place.Secrets.Current);
            }
            _room = room;
            _members.Add(place);
            _byId[place.Id] = place;
            Announce(place);
            return new Seat(place, place.Secrets.Current);
        }
    }

    /// <summary>Gives a place back; null when there is none for that secret, or when a gap could not be told.</summary>
    public Seat? Resume(Peer line, string? sub, string secret, long? got)
    {
        lock (_gate)
        {
            if (!_byId.TryGetValue(ResumeSecrets.PlaceId(secret), out var place) || place.Sub != sub || !place.Secrets.Accepts(secret)) return null;
            if (place.Outbox.Ending is not null || !place.Wire.CanResume(got))
            {
                // It cannot be given what it missed: it comes as a newcomer, and this place is nobody's.
                if (place.Wire.IsAway) Leave(place, "timeout");
                else place.Wire.Close(CloseReason.Replaced);
                return null;
            }
            place.Secrets.Renew(secret);
            Welcome(place, line, got, resumed: true, gap: got is null);
            return new Seat(place, place.Secrets.Current);
        }
    }

    /// <summary>The connection was lost: the place is kept for a while.</summary>
    /// <param name="place">The place.</param>
    /// <param name="reason">What the others are told if it does not come back.</param>
    public void Keep(Place place, string reason)
    {
        if (_terms.Grace == TimeSpan.Zero)
        {
            Leave(place, reason);
            return;
        }
        var loss = place.Wire.Losses;
        ITimer? timer = null;
        timer = _terms.Time.CreateTimer(_ =>
        {
            timer?.Dispose();
            lock (_gate)
            {
                if (place.Wire.IsAway && place.Wire.Losses == loss) Leave(place, reason);
            }
        }, null, _terms.Grace, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Takes a member out, and tells those who know it.</summary>
    public void Leave(Place place, string reason)
    {
        lock (_gate)
        {
            if (!_members.Remove(place)) return;
            _byId.TryRemove(place.Id, out _);
            rooms.Rooms.Leave(_room!, place, reason);
            _over = _members.Count == 0;

            var departure = new Departure(place.Id, reason, place.Seq, ++_clock);
            if (_members.Count > BatchAbove) Batch.Add(departure);
            else Tell(departure);
        }
        if (_over) rooms.Forget(this);
    }

    /// <summary>Sets a member's metadata, and tells those who know it; the others will see it when they are told of it.</summary>
    public void SetMeta(Place place, ReadOnlySpan<byte> meta)
    {
        var entry = ServerFrames.Entry(place.Id, meta);
        lock (_gate)
        {
            place.Entry = entry;
            var frame = ServerFrames.Meta(place);
            foreach (var other in _members)
                if (other != place && other.Knows(place.Seq)) other.Post(frame);
        }
    }

    public void Broadcast(Place from, ReadOnlySpan<byte> data) => _room!.Broadcast(ServerFrames.Broadcast(from.Id, data), from);

    /// <summary>Sends to one member; false when there is none of that id.</summary>
    public bool Send(Place from, string to, ReadOnlySpan<byte> data)
    {
        if (to == from.Id || !_byId.TryGetValue(to, out var receiver)) return false;
        var frame = ServerFrames.Direct(from.Id, to, data);
        rooms.Telemetry.Tap?.Said(new Said(Name, from, [receiver]) { Directed = true, Frame = frame });
        receiver.HearFrom(from, frame);
        rooms.Telemetry.Delivered(1, frame.Length);
        RelayTraces.Queued([receiver], from);
        return true;
    }

    /// <summary>Tells one member of another out of turn, because the other has something to say to it.</summary>
    public void Introduce(Place newcomer, Place to)
    {
        lock (_gate)
        {
            if (to.Knows(newcomer.Seq) || !_byId.ContainsKey(newcomer.Id)) return;
            (to.Introduced ??= []).Add(newcomer.Seq);
            to.Post(ServerFrames.Presence([newcomer], []));
        }
    }

    private PresenceBatch Batch => _batch ??= new PresenceBatch(_terms, _gate, _members);

    // Behind a name stand few random bits: enough for all who are here, if one looks.
    private string NewId(string? sub)
    {
        while (true)
        {
            var id = PeerId.New(sub);
            if (!_byId.ContainsKey(id)) return id;
        }
    }

    // The roster of a welcome is bounded; the rest follows in batches.
    private void Welcome(Place place, Peer line, long? got, bool resumed, bool gap)
    {
        var roster = _members.Where(one => one != place).Take(BatchAbove).ToList();
        var complete = roster.Count == _members.Count(one => one != place);
        place.Welcomed(complete ? _clock : roster[^1].Seq);
        place.Wire.Attach(line, ServerFrames.Welcome(place, Name, resumed, gap, roster, more: !complete, _terms), got);
        if (!complete) Batch.Arm();
    }

    private void Announce(Place newcomer)
    {
        var before = _latest;
        _latest = newcomer.Seq;
        if (_members.Count > BatchAbove)
        {
            Batch.Arm();
            return;
        }
        var frame = ServerFrames.Join(newcomer);
        foreach (var other in _members)
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

    private void Tell(Departure departure)
    {
        var frame = ServerFrames.Leave(departure.Id, departure.Reason);
        foreach (var other in _members)
        {
            if (!other.MayKnow(departure.Seq) || other.Seq > departure.At) continue;
            other.Introduced?.Remove(departure.Seq);
            other.Post(frame);
        }
    }
}
