using System.Globalization;
using System.Text;
using System.Text.Json.Serialization.Metadata;
using Signaling.Server.Relay;
using Signaling.Server.Sockets;

namespace Signaling.Server.Inspector;

/// <summary>
/// A room that is watched: makes events of what the tap hears, keeps the last of them, and tells its viewers. Its own lock
/// is the last that is taken: under it no room, peer or protocol is called.
/// </summary>
internal sealed class RoomWatch
{
    // Above what one write of a wire takes, the line is the bottleneck.
    private const int CongestedBytes = 64 * 1024;
    private const int MaxShown = 2048;
    private const int MaxCounted = 100;

    private readonly Lock _lock = new();
    private readonly string _epoch = PeerId.New();
    private readonly EventRing _ring = new();
    private readonly HashSet<Viewer> _viewers = [];
    private readonly TimeProvider _time;
    private readonly bool _showPayloads;
    private readonly Diagnosis _diagnosis;

    public RoomWatch(TimeProvider time, bool showPayloads)
    {
        (_time, _showPayloads) = (time, showPayloads);
        _diagnosis = new Diagnosis(
            pair => Tell("pair", pair, InspectorJson.Default.PairTimes),
            hint => Tell("hint", hint, InspectorJson.Default.Hint));
    }

    /// <summary>Since when nobody watches any more; null while somebody does.</summary>
    public long? AloneSince { get; private set; }

    private double Now => _time.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>Lets somebody watch: first he gets what he has missed, as far as it is kept.</summary>
    /// <param name="viewer">Who watches.</param>
    /// <param name="lastEventId">The last event that he has got; null: none.</param>
    public void Enter(Viewer viewer, string? lastEventId)
    {
        lock (_lock)
        {
            var seen = Seen(lastEventId);
            if (seen is null && lastEventId is not null)
                viewer.Tell(Told.Of("gap", new Note("Some events are not kept any more."), InspectorJson.Default.Note));
            foreach (var told in _ring.After(seen ?? 0)) viewer.Tell(told);
            _viewers.Add(viewer);
            AloneSince = null;
        }
    }

    /// <summary>Somebody watches no longer.</summary>
    public void Leave(Viewer viewer)
    {
        lock (_lock)
        {
            if (_viewers.Remove(viewer) && _viewers.Count == 0) AloneSince = _time.GetTimestamp();
        }
    }

    public void Joined(string peer)
    {
        lock (_lock)
        {
            _diagnosis.Joined(peer);
            Tell(new SequenceEvent(_ring.Last + 1, Now, peer, null, "join"));
        }
    }

    public void Left(string peer, string reason)
    {
        lock (_lock)
        {
            Tell(new SequenceEvent(_ring.Last + 1, Now, peer, null, "leave") { Reason = reason });
            _diagnosis.Left(peer, Now);
        }
    }

    public void Said(in Said said)
    {
        var payload = said.Frame.Length > 0 ? said.Frame.Payload() : [];
        var guess = MessageGuess.Of(payload);
        if (said.Kind is { } known && known != guess.Kind) guess = new MessageGuess(known);
        // Outboxes are asked before the lock is taken.
        var (receivers, queued, to) = Receivers(said);
        var details = new Dictionary<string, string>();
        if (!said.Directed && said.Refused is null) details["receivers"] = receivers.ToString(CultureInfo.InvariantCulture);
        if (guess.Candidate is not null) details["candidate"] = guess.Candidate;
        if (queued > 0) details["queued"] = queued.ToString(CultureInfo.InvariantCulture);
        if (_showPayloads && payload.Length > 0) details["payload"] = Encoding.UTF8.GetString(payload[..Math.Min(payload.Length, MaxShown)]);

        lock (_lock)
        {
            Tell(new SequenceEvent(_ring.Last + 1, Now, said.From.Id, to, guess.Kind == "data" && said.Directed ? "direct" : guess.Kind)
            {
                Bytes = said.Frame.Length,
                State = said.Refused is not null ? "refused" : queued > 0 ? "queued" : "delivered",
                Reason = said.Refused ?? (queued > 0 ? "behind others that were not read yet" : null),
                Details = details.Count > 0 ? details : null,
            });
            if (said.Refused is null) _diagnosis.Passed(said.From.Id, to, guess, Now);
        }
    }

    /// <summary>Time has passed.</summary>
    /// <param name="waiting">What waits for each peer, asked before.</param>
    public void Tick(IReadOnlyList<PeerView> waiting)
    {
        lock (_lock)
        {
            foreach (var peer in waiting) _diagnosis.Waits(peer.Id, peer.Waiting, Now);
            _diagnosis.Tick(Now);
        }
    }

    private static (int Receivers, int Queued, string? Only) Receivers(in Said said)
    {
        var (receivers, queued, looked) = (0, 0, 0);
        string? only = null;
        foreach (var peer in said.To)
        {
            if (peer == said.From) continue;
            receivers++;
            only = peer.Id;
            if (looked++ < MaxCounted && peer.Waiting > CongestedBytes) queued++;
        }
        return (receivers, queued, receivers == 1 ? only : null);
    }

    // Null: of another watch, or not kept any more.
    private long? Seen(string? lastEventId) =>
        lastEventId?.Split(':') is [var epoch, var number] && epoch == _epoch && long.TryParse(number, CultureInfo.InvariantCulture, out var seq) && _ring.Reaches(seq)
            ? seq
            : null;

    private void Tell(SequenceEvent happened) => Tell("event", happened, InspectorJson.Default.SequenceEvent);

    private void Tell<T>(string name, T data, JsonTypeInfo<T> type)
    {
        var seq = _ring.Last + 1;
        var told = Told.Of(name, data, type, $"{_epoch}:{seq}", seq);
        _ring.Add(told);
        foreach (var viewer in _viewers) viewer.Tell(told);
    }
}
