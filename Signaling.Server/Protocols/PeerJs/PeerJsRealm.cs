using System.Collections.Concurrent;
using Microsoft.Extensions.Options;
using Signaling.Server.Relay;

namespace Signaling.Server.Protocols.PeerJs;

/// <summary>All clients of PeerJS by their ids, and what waits for those who are not there.</summary>
internal sealed class PeerJsRealm : ITopicKind, IDisposable
{
    private static readonly TimeSpan SweepPeriod = TimeSpan.FromMilliseconds(500);

    private readonly ConcurrentDictionary<string, PeerJsMember> _members = new(StringComparer.Ordinal);
    private readonly Lock _gate = new();
    private readonly PeerJsOptions _options;
    private readonly TimeProvider _time;
    private readonly RelayTelemetry _telemetry;
    private readonly WaitingRoom _waiting;
    private readonly PeerJsAddresses? _elsewhere;
    private readonly PeerJsDirectory? _directory;
    private readonly ITimer _timer;
    private int _count;

    /// <summary>Empty, and looked after from now on. With a backplane it reaches over several servers.</summary>
    public PeerJsRealm(IOptions<PeerJsOptions> options, TimeProvider time, RelayTelemetry telemetry, IBackplane? backplane = null)
    {
        (_options, _time, _telemetry) = (options.Value, time, telemetry);
        _elsewhere = backplane is null ? null : new PeerJsAddresses(backplane, this);
        _directory = backplane is null || !_options.Discovery ? null : new PeerJsDirectory(backplane);
        _waiting = new WaitingRoom(_options, time);
        _timer = time.CreateTimer(_ => Sweep(), null, SweepPeriod, SweepPeriod);
    }

    /// <summary>The ids of this moment; those of other servers, too, where the list may be had at all.</summary>
    public async ValueTask<IEnumerable<string>> IdsAsync()
    {
        var here = _members.Select(one => one.Key);
        return _directory is null ? here : here.Union(await _directory.ElsewhereAsync(), StringComparer.Ordinal);
    }

    /// <summary>Whether a client of this server has the id.</summary>
    public bool Has(string id) => _members.ContainsKey(id);

    public ITopicListener? Listen(string name, ITopic topic) => name == PeerJsDirectory.Name ? _directory : _elsewhere?.Listen(name, topic);

    /// <summary>Asks the other servers for an id, before a client <see cref="Enter"/>s with it; nothing where there are none.</summary>
    public ValueTask<IDisposable?> ClaimAsync(string id, string token) => _elsewhere?.ClaimAsync(id, token) ?? default;

    /// <summary>Gives a client its id and what waited for it; null when it was told why not.</summary>
    public PeerJsMember? Enter(string id, string token, Peer line)
    {
        PeerJsMember? before;
        PeerJsMember member;
        lock (_gate)
        {
            if (_elsewhere?.IsTaken(id) is true) return Refuse(line, PeerJsFrames.IdTaken);
            if (_members.TryGetValue(id, out before) && !before.Knows(token))
            {
                // The other one may have told the other servers that it has it, a moment too late.
                before.Elsewhere?.Put(id, before.Record);
                return Refuse(line, PeerJsFrames.IdTaken);
            }
            if (before is null && _options.Peers > 0 && _count >= _options.Peers)
            {
                _elsewhere?.Release(id);
                return Refuse(line, PeerJsFrames.Full);
            }
            if (before is null) _count++;
            member = new PeerJsMember(id, token, line) { Heard = _time.GetTimestamp(), Elsewhere = _elsewhere?.Open(id) };
            line.Post(PeerJsFrames.Open);
            foreach (var frame in _waiting.Take(id)) line.Post(frame);
            // Only now can it be found: what waited came first.
            _members[id] = member;
        }
        _directory?.Add(member);
        _elsewhere?.AwaitNoMore(id);
        before?.Line.Close(CloseReason.Replaced);
        _telemetry.Tap?.Joined(PeerJsServices.Name, line);
        return member;
    }

    /// <summary>The id is free, if it is still this client's.</summary>
    public void Leave(PeerJsMember member, string? reason = null)
    {
        lock (_gate)
        {
            if (_members.TryRemove(KeyValuePair.Create(member.Id, member)))
            {
                _count--;
                member.Elsewhere?.Remove(member.Id, "closed");
            }
        }
        _directory?.Remove(member);
        member.Elsewhere?.Dispose();
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
        if (_elsewhere?.TrySend(from.Line.Id, to, frame) is true)
        {
            Tell(from, new StandIn(to), frame, kind);
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
        else if (kept) _elsewhere?.Await(to);
        else Expire(to, from);
    }

    /// <summary>A client of another server sent something to one of this: it may be about to enter.</summary>
    public void Hear(string id, Frame frame)
    {
        PeerJsMember? receiver;
        lock (_gate)
        {
            if (!_members.TryGetValue(id, out receiver) && !_waiting.TryKeep(id, "", frame)) _telemetry.Undelivered("peer-unavailable");
        }
        receiver?.Line.Post(frame);
    }

    /// <summary>The id is one of another server from now on: its client is there.</summary>
    public void GiveUp(string id)
    {
        PeerJsMember? member;
        lock (_gate)
        {
            if (_members.TryRemove(id, out member)) _count--;
        }
        member?.Line.Close(CloseReason.Replaced);
    }

    /// <summary>Whether something waits for a client of that id.</summary>
    public bool IsAwaited(string id)
    {
        lock (_gate) return _waiting.Has(id);
    }

    /// <summary>What waits for somebody who has come on another server.</summary>
    public Frame[] TakeWaiting(string id)
    {
        Frame[] waiting;
        lock (_gate) waiting = [.. _waiting.Take(id)];
        if (waiting.Length > 0) _elsewhere?.AwaitNoMore(id);
        return waiting;
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
        Tell(from, to.Line, frame, kind);
        RelayTraces.Queued([to.Line], from.Line);
        to.Line.Post(frame);
    }

    private void Tell(PeerJsMember from, Peer to, Frame frame, string kind)
    {
        _telemetry.Tap?.Said(new Said(PeerJsServices.Name, from.Line, [to]) { Directed = true, Kind = kind, Frame = frame });
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
        foreach (var absent in expired.Select(one => one.Absent).Distinct()) _elsewhere?.AwaitNoMore(absent);
        foreach (var (absent, sender) in expired)
            if (_members.TryGetValue(sender, out var member)) Expire(absent, member);
    }
}
