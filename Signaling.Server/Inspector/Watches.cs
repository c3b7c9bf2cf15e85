using Microsoft.Extensions.Options;
using Signaling.Server.Relay;

namespace Signaling.Server.Inspector;

/// <summary>
/// The rooms that are watched. The relay's tap is open only while there are some; a watch goes on for a while after its
/// last viewer has gone, so that one whose connection was lost misses nothing.
/// </summary>
internal sealed class Watches(Rooms rooms, RelayTelemetry telemetry, TimeProvider time, IOptions<InspectorOptions> options, ILogger<Watches> log) : IRoomTap, IDisposable
{
    /// <summary>How long a watch waits for its viewer to come back.</summary>
    public static readonly TimeSpan Linger = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan TickPeriod = TimeSpan.FromSeconds(1);

    private readonly Lock _lock = new();
    // Read by peers' threads without a lock: replaced as a whole.
    private volatile Dictionary<string, RoomWatch> _watches = [];
    private ITimer? _timer;

    /// <summary>Whether somebody watches that room.</summary>
    public bool Has(string room) => _watches.ContainsKey(room);

    /// <summary>Begins to watch a room, or goes on with it: the viewer is told what it has missed.</summary>
    public RoomWatch Enter(string room, Viewer viewer, string? lastEventId)
    {
        lock (_lock)
        {
            if (!_watches.TryGetValue(room, out var watch))
            {
                _watches = new(_watches, StringComparer.Ordinal) { [room] = watch = new RoomWatch(time, options.Value.ShowPayloads) };
                log.Watched(room);
                if (options.Value.ShowPayloads) log.ShowsPayloads();
            }
            watch.Enter(viewer, lastEventId);
            telemetry.Tap = this;
            _timer ??= time.CreateTimer(_ => Tick(), null, TickPeriod, TickPeriod);
            return watch;
        }
    }

    /// <summary>Who is in a room now.</summary>
    public PresentView Present(string room) =>
        new(room, [.. rooms.Find(room)?.Peers.Select(peer => new PeerView(peer.Id, peer.Waiting)) ?? []], options.Value.ShowPayloads);

    void IRoomTap.Joined(string room, Peer peer) => _watches.GetValueOrDefault(room)?.Joined(peer.Id);

    void IRoomTap.Left(string room, Peer peer, string reason) => _watches.GetValueOrDefault(room)?.Left(peer.Id, reason);

    void IRoomTap.Said(in Said said) => _watches.GetValueOrDefault(said.Room)?.Said(said);

    public void Dispose() => _timer?.Dispose();

    private void Tick()
    {
        foreach (var (room, watch) in _watches) watch.Tick(Present(room).Peers);
        lock (_lock)
        {
            var now = time.GetTimestamp();
            var over = _watches.Where(one => one.Value.AloneSince is { } since && time.GetElapsedTime(since, now) >= Linger).Select(one => one.Key).ToHashSet();
            if (over.Count == 0) return;
            foreach (var room in over) log.Unwatched(room);
            _watches = new(_watches.Where(one => !over.Contains(one.Key)), StringComparer.Ordinal);
            if (_watches.Count > 0) return;
            telemetry.Tap = null;
            _timer?.Dispose();
            _timer = null;
        }
    }
}
