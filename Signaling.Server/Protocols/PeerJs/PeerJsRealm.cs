using System.Collections.Concurrent;
using Microsoft.Extensions.Options;
using Signaling.Server.Relay;

namespace Signaling.Server.Protocols.PeerJs;

/// <summary>All clients of PeerJS by their ids, and what waits for those who are not there.</summary>
internal sealed class PeerJsRealm : IDisposable
{
    private static readonly TimeSpan SweepPeriod = TimeSpan.FromMilliseconds(500);

    private readonly ConcurrentDictionary<string, PeerJsMember> _members = new(StringComparer.Ordinal);
    private readonly Lock _gate = new();
    private readonly PeerJsOptions _options;
    private readonly TimeProvider _time;
    private readonly RelayTelemetry _telemetry;
    private readonly WaitingRoom _waiting;
    private readonly ITimer _timer;
    private int _count;

    /// <summary>Empty, and looked after from now on.</summary>
    public PeerJsRealm(IOptions<PeerJsOptions> options, TimeProvider time, RelayTelemetry telemetry)
    {
        (_options, _time, _telemetry) = (options.Value, time, telemetry);
        _waiting = new WaitingRoom(_options, time);
        _timer = time.CreateTimer(_ => Sweep(), null, SweepPeriod, SweepPeriod);
    }

    /// <summary>The ids that are there now.</summary>
    public IEnumerable<string> Ids => _members.Select(one => one.Key);

    /// <summary>Gives a client its id and what waited for it; null when it was told why not.</summary>
    public PeerJsMember? Enter(string id, string token, Peer line)
    {
        PeerJsMember? before;
        PeerJsMember member;
        lock (_gate)
        {
            if (_members.TryGetValue(id, out before) && !before.Knows(token)) return Refuse(line, PeerJsFrames.IdTaken);
            if (before is null && _options.Peers > 0 && _count >= _options.Peers) return Refuse(line, PeerJsFrames.Full);
            if (before is null) _count++;
            member = new PeerJsMember(id, token, line) { Heard = _time.GetTimestamp() };
            line.Post(PeerJsFrames.Open);
            foreach (var frame in _waiting.Take(id)) line.Post(frame);
            // Only now can it be found: what waited came first.
            _members[id] = member;
        }
        before?.Line.Close(CloseReason.Replaced);
        _telemetry.Tap?.Joined(PeerJsServices.Name, line);
        return member;
    }

    /// <summary>The id is free, if it is still this client's.</summary>
    public void Leave(PeerJsMember member, string? reason = null)
    {
        lock (_gate)
        {
            if (_members.TryRemove(KeyValuePair.Create(member.Id, member))) _count--;
        }
        _telemetry.Tap?.Left(PeerJsServices.Name, member.Line, reason ?? (member.Line.Ending ?? CloseReason.Lost).Name);
    }

    /// <summary>Brings a message to its addressee, or keeps it for a while.</summary>
    /// <param name="from">The sender.</param>
    /// <param name="to">The addressee's id.</param>
    /// <param name="frame">The message.</param>
    /// <param name="kind">Its kind, for those who watch.</param>
    /// <param name="waits">Whether it is kept.</param>
    public void Send(PeerJsMember from, string to, Frame frame, string kind, bool waits)
    {
        if (_members.TryGetValue(to, out var receiver))
        {
            Deliver(from, receiver, frame, kind);
            return;
        }
        if (!waits) return;
        var kept = false;
        lock (_gate)
        {
            // It may have come meanwhile.
            if (!_members.TryGetValue(to, out receiver)) kept = _waiting.TryKeep(to, from.Id, frame);
        }
        if (receiver is not null) Deliver(from, receiver, frame, kind);
        else if (!kept) Expire(to, from);
    }

    /// <summary>Looks after nobody any more.</summary>
    public void Dispose() => _timer.Dispose();

    private static PeerJsMember? Refuse(Peer line, Frame why)
    {
        line.Post(why);
        line.Close(CloseReason.Told);
        return null;
    }

    private void Deliver(PeerJsMember from, PeerJsMember to, Frame frame, string kind)
    {
        var receiver = to.Line;
        _telemetry.Tap?.Said(new Said(PeerJsServices.Name, from.Line, [receiver]) { Directed = true, Kind = kind, Frame = frame });
        RelayTraces.Queued([receiver], from.Line);
        receiver.Post(frame);
        _telemetry.Delivered(1, frame.Length);
    }

    private void Expire(string absent, PeerJsMember sender)
    {
        _telemetry.Undelivered("peer-unavailable");
        sender.Line.Post(PeerJsFrames.Expired(absent, sender.Id));
    }

    private void Sweep()
    {
        foreach (var (_, member) in _members)
            if (_time.GetElapsedTime(member.Heard) >= _options.AliveTimeout) member.Line.Close(CloseReason.Silent);

        List<(string Absent, string Sender)> expired;
        lock (_gate) expired = _waiting.Expire();
        foreach (var (absent, sender) in expired)
            if (_members.TryGetValue(sender, out var member)) Expire(absent, member);
    }
}
