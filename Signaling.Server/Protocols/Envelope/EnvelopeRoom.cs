using System.Collections.Concurrent;
using Signaling.Server.Relay;

namespace Signaling.Server.Protocols.Envelope;

/// <summary>
/// The members of a room that have an identity, and who was told of whom. One lock is held while membership changes and
/// the welcome, joins and leaves are posted, so everybody is told of every other exactly once, and before he speaks.
/// </summary>
/// <param name="name">The room.</param>
/// <param name="rooms">All of them.</param>
/// <param name="elsewhere">The same room on other servers; null where there are none.</param>
internal sealed partial class EnvelopeRoom(string name, EnvelopeRooms rooms, ITopic? elsewhere)
{
    private readonly Lock _gate = new();
    private readonly List<Member> _members = []; // in the order of joining
    private readonly List<Place> _here = []; // those of this server
    private readonly ConcurrentDictionary<string, Member> _byId = new(StringComparer.Ordinal);
    private readonly EnvelopeTerms _terms = rooms.Terms;
    private Room? _room;
    private long _clock;
    private bool _over;

    public string Name { get; } = name;

    /// <summary>Peers that a broadcast of one of them reaches, raw ones included.</summary>
    public int Audience => (_room?.Count ?? 1) - 1 + _elsewhereCount;

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
            if (Join(place) is { } refused)
            {
                // It never was a member: nobody will be told of it.
                line.Close(refused);
                EndIfOver();
                return new Seat(place, place.Secrets.Current);
            }
            _members.Add(place);
            Announce(place);
            elsewhere?.Put(place.Id, place.Record);
            return new Seat(place, place.Secrets.Current);
        }
    }

    /// <summary>Gives a place back; null when there is none for that secret, or when a gap could not be told.</summary>
    public Seat? Resume(Peer line, string? sub, string secret, long? got)
    {
        lock (_gate)
        {
            if (!_byId.TryGetValue(ResumeSecrets.PlaceId(secret), out var member) || member is not Place place || place.Sub != sub || !place.Secrets.Accepts(secret)) return null;
            if (place.HasMissed || (place.WasToldOfGap && !place.Secrets.IsNewest(secret))) got = null;
            if (got is not null) AnnounceRoster(place);
            if (place.Outbox.Ending is not null || !place.Wire.CanResume(got))
            {
                // It cannot be given what it missed: it comes as a newcomer, and this place is nobody's.
                if (place.Wire.IsAway) Leave(place, "timeout");
                else place.Wire.Close(CloseReason.Replaced);
                return null;
            }
            place.Secrets.Renew(secret);
            Welcome(place, line, got, resumed: true, gap: got is null);
            place.HasMissed = false;
            place.WasToldOfGap = got is null;
            elsewhere?.Put(place.Id, place.Record);
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
            if (!_here.Remove(place)) return;
            rooms.Rooms.Leave(_room!, place, reason);
            elsewhere?.Remove(place.Id, reason);
            Part(place, reason);
            EndIfOver();
        }
    }

    /// <summary>Sets a member's metadata, and tells those who know it; the others will see it when they are told of it.</summary>
    public void SetMeta(Place place, ReadOnlySpan<byte> meta)
    {
        var entry = ServerFrames.Entry(place.Id, meta);
        lock (_gate)
        {
            (place.Meta, place.Entry) = (meta.ToArray(), entry);
            TellMeta(place);
            elsewhere?.Put(place.Id, place.Record);
        }
    }

    public Member? Find(string id) => _byId.GetValueOrDefault(id);

    public void Broadcast(Place from, ReadOnlySpan<byte> data) => _room!.Broadcast(ServerFrames.Broadcast(from.Id, data), from);

    /// <summary>Sends to one member; false when there is none of that id.</summary>
    public bool Send(Place from, string to, ReadOnlySpan<byte> data)
    {
        if (to == from.Id || !_byId.TryGetValue(to, out var receiver)) return false;
        var frame = ServerFrames.Direct(from.Id, to, data);
        rooms.Telemetry.Tap?.Said(new Said(Name, from, [receiver]) { Directed = true, Frame = frame });
        if (receiver is Place place) place.HearFrom(from, frame);
        else elsewhere!.Send(from.Id, to, frame);
        rooms.Telemetry.Delivered(1, frame.Length);
        RelayTraces.Queued([receiver], from);
        return true;
    }

    // Behind a name stand few random bits: enough for all who are here, if one looks.
    private string NewId(string? sub)
    {
        while (true)
        {
            var id = PeerId.New(sub);
            if (!_byId.ContainsKey(id)) return id;
        }
    }

    private CloseReason? Join(Place place)
    {
        if (_terms.Limits.PeersPerRoom > 0 && _members.Count >= _terms.Limits.PeersPerRoom) return CloseReason.RoomFull;
        if (rooms.Rooms.Join(Name, place, out var room) is { } refused) return refused;
        _room = room;
        _here.Add(place);
        _byId[place.Id] = place;
        return null;
    }

    // It is in neither list of members any more, or never was; everybody who knows it is told.
    private void Part(Member member, string reason)
    {
        _members.Remove(member);
        _byId.TryRemove(member.Id, out _);
        var departure = new Departure(member.Id, reason, member.Seq, ++_clock);
        if (_members.Count > BatchAbove) Batch.Add(departure);
        else Tell(departure);
    }

    // Where there are other servers, it lives as long as somebody here hears them.
    private void EndIfOver()
    {
        if (_here.Count > 0 || elsewhere is not null) return;
        _over = true;
        rooms.Forget(this);
    }
}
