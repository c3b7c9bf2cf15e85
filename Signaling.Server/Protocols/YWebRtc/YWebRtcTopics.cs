using System.Collections.Concurrent;
using Signaling.Server.Relay;

namespace Signaling.Server.Protocols.YWebRtc;

/// <summary>Topics of y-webrtc that reach over several servers: who subscribed elsewhere, and what is published there.</summary>
internal sealed class YWebRtcTopics(Rooms rooms, IBackplane? backplane = null) : ITopicKind
{
    // What may wait in all topics until it is known who hears it; what does not fit goes at once, with a count that may be too low.
    private const int MaxWaiting = 1 << 20;

    private static readonly string Prefix = NameOf("");

    private readonly ConcurrentDictionary<string, YWebRtcAbroad> _abroad = new(StringComparer.Ordinal);
    private int _waiting;

    /// <summary>The room of a topic. No room of an URL can have this name: they have no colon.</summary>
    public static string NameOf(string topic) => $"{YWebRtcServices.Name}:{topic}";

    /// <summary>Whether there may be other servers.</summary>
    public bool ReachOthers => backplane is not null;

    /// <summary>How many subscribers it has, on all servers.</summary>
    public int Count(Room room) => room.Elsewhere is not null && _abroad.TryGetValue(room.Name, out var abroad) ? room.Count + abroad.Subscribers : room.Count;

    /// <summary>What was published before anybody had subscribed here goes before what comes.</summary>
    public void SayWaiting(Room room)
    {
        if (room.Elsewhere is not null && _abroad.TryGetValue(room.Name, out var abroad)) abroad.SayWaiting();
    }

    /// <summary>
    /// Publishes to a topic that nobody on this server has subscribed to: others may have. It is opened for that, and let go
    /// again; the backplane keeps it a moment, for what comes next.
    /// </summary>
    public void PublishElsewhere(Peer from, string name, ReadOnlySpan<byte> open)
    {
        if (backplane?.Open(name) is null) return;
        _abroad[name].Publish(from, open);
    }

    public ITopicListener? Listen(string name, ITopic topic) =>
        name.StartsWith(Prefix, StringComparison.Ordinal) ? _abroad[name] = new YWebRtcAbroad(name, topic, this) : null;

    /// <summary>The room, if somebody here has subscribed.</summary>
    public Room? Find(string name) => rooms.Find(name);

    /// <summary>Whether there is room for so much to wait, which then counts.</summary>
    public bool TryReserve(int bytes)
    {
        if (Interlocked.Add(ref _waiting, bytes) <= MaxWaiting) return true;
        Release(bytes);
        return false;
    }

    public void Release(int bytes) => Interlocked.Add(ref _waiting, -bytes);

    /// <summary>Nobody here has the topic open any more.</summary>
    public void Closed(YWebRtcAbroad abroad) => _abroad.TryRemove(KeyValuePair.Create(abroad.Name, abroad));
}
