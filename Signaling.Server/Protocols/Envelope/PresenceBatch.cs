using Signaling.Server.Relay;

namespace Signaling.Server.Protocols.Envelope;

/// <summary>
/// Comings and goings of a large room, told together: at most once each period, so that a thousand joins at once do not
/// cost a million frames. Also gives newcomers the rest of a long roster, as fast as they take it.
/// </summary>
/// <param name="terms">Period and limits.</param>
/// <param name="gate">The room's lock.</param>
/// <param name="members">In the order of joining; read under the lock.</param>
/// <param name="here">Those of them who are on this server, and are told.</param>
internal sealed class PresenceBatch(EnvelopeTerms terms, Lock gate, List<Member> members, List<Place> here)
{
    private readonly List<Departure> _left = [];
    private bool _armed;

    // For one member and one turn; a quarter of its outbox leaves room for what is said meanwhile.
    private int TurnBytes => Math.Min(4 * PresenceFrames.MaxBytes, terms.Limits.OutboxBytes / 4);

    /// <summary>Somebody has left. Under the room's lock.</summary>
    public void Add(Departure departure)
    {
        _left.Add(departure);
        Arm();
    }

    /// <summary>Somebody has something to be told of. Under the room's lock.</summary>
    public void Arm()
    {
        if (_armed) return;
        _armed = true;
        ITimer? timer = null;
        timer = terms.Time.CreateTimer(_ =>
        {
            timer?.Dispose();
            Tell();
        }, null, terms.Presence.BatchPeriod, Timeout.InfiniteTimeSpan);
    }

    private void Tell()
    {
        lock (gate)
        {
            _armed = false;
            var shared = new Dictionary<long, Turn>();
            var more = false;
            foreach (var member in here)
            {
                // Most know as much as the others do, and get the very same frames.
                var turn = IsLikeOthers(member)
                    ? shared.TryGetValue(member.Told, out var known) ? known : shared[member.Told] = TurnOf(member)
                    : TurnOf(member);
                foreach (var frame in turn.Frames) member.Post(frame);
                member.Told = turn.Told;
                member.Introduced?.RemoveWhere(seq => seq <= turn.Told);
                more |= turn.Told < members[^1].Seq;
            }
            _left.Clear();
            if (more) Arm();
        }
    }

    // Its turn depends on nothing but how much it was told.
    private bool IsLikeOthers(Place member) =>
        member.Introduced is null or { Count: 0 }
        && member.Seq <= member.Told
        && (_left.Count == 0 || member.Seq < _left[0].At)
        && _left.All(one => one.Seq <= member.Told)
        && member.Wire.Waiting <= TurnBytes;

    private Turn TurnOf(Place member)
    {
        var left = _left.Where(one => one.At > member.Seq && member.MayKnow(one.Seq)).ToList();
        var told = member.Told;
        List<Member> joined = [];
        if (member.Wire.Waiting <= TurnBytes)
        {
            var total = 0;
            for (var i = FirstAfter(told); i < members.Count && total < TurnBytes; i++)
            {
                var other = members[i];
                told = other.Seq;
                if (other == member || member.Knows(other.Seq)) continue;
                joined.Add(other);
                total += other.Entry.Length;
            }
        }
        return new Turn([.. PresenceFrames.Of(joined, left)], told);
    }

    private int FirstAfter(long seq)
    {
        var (low, high) = (0, members.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (members[middle].Seq > seq) high = middle;
            else low = middle + 1;
        }
        return low;
    }

    private sealed record Turn(Frame[] Frames, long Told);
}
