using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Text;
using Microsoft.Extensions.Options;
using Signaling.Server.Relay;

namespace Signaling.Server.Protocols.WebTorrent;

/// <summary>The swarms that somebody is in. Each is a room, too: rooms are what is limited, counted and watched.</summary>
internal sealed class Swarms : ITopicKind, IDisposable
{
    private const string Prefix = "tracker:";

    private static readonly TimeSpan SweepPeriod = TimeSpan.FromSeconds(30);

    // Lives as long as its room does.
    private readonly ConditionalWeakTable<Room, Swarm> _swarms = [];
    private readonly ConcurrentDictionary<string, Swarm> _shared = new(StringComparer.Ordinal);
    private readonly Rooms _rooms;
    private readonly Random _random;
    private readonly TimeProvider _time;
    private readonly ITimer _timer;

    /// <summary>None yet, and looked after from now on.</summary>
    public Swarms(Rooms rooms, IOptions<WebTorrentOptions> options, Random random, TimeProvider time)
    {
        (_rooms, _random, _time) = (rooms, random, time);
        _timer = time.CreateTimer(_ => Sweep(options.Value.PeerTimeout), null, SweepPeriod, SweepPeriod);
    }

    /// <summary>The swarm of an info hash, if somebody is in it.</summary>
    public Swarm? Find(string infoHash) => _rooms.Find(NameOf(infoHash)) is { } room && _swarms.TryGetValue(room, out var swarm) ? swarm : null;

    /// <summary>Lets a connection into a swarm; null, or why there is no place.</summary>
    public CloseReason? Join(string infoHash, Peer peer, out Room? room, out Swarm? swarm)
    {
        var refused = _rooms.Join(NameOf(infoHash), peer, out room);
        swarm = refused is null ? _swarms.GetValue(room!, Make) : null;
        return refused;
    }

    /// <summary>Takes a connection out.</summary>
    public void Leave(Room room, Swarm swarm, Peer peer, string? reason = null)
    {
        swarm.Leave(peer);
        _rooms.Leave(room, peer, reason);
    }

    /// <summary>A swarm that reaches over several servers, if the name is of one.</summary>
    public ITopicListener? Listen(string name, ITopic topic)
    {
        if (!name.StartsWith(Prefix, StringComparison.Ordinal)) return null;
        var swarm = _shared[name] = new Swarm(_random, _time, topic);
        return new SwarmElsewhere(swarm, closed: () => _shared.TryRemove(KeyValuePair.Create(name, swarm)));
    }

    /// <summary>Looks after nobody any more.</summary>
    public void Dispose() => _timer.Dispose();

    // No room of an URL can have this name: they have no colon. As hex, for any 20 bytes are an info hash.
    public static string NameOf(string infoHash) => $"{Prefix}{Convert.ToHexStringLower(Encoding.Latin1.GetBytes(infoHash))}";

    private Swarm Make(Room room) => room.Elsewhere is null ? new Swarm(_random, _time) : _shared[room.Name];

    private void Sweep(TimeSpan timeout)
    {
        foreach (var (_, swarm) in _swarms) swarm.Expire(timeout);
    }
}
