using System.Collections.Concurrent;
using Signaling.Server.Relay;
using Signaling.Server.Sockets;

namespace Signaling.Server.Protocols.YWebRtc;

/// <summary>Topics of y-webrtc that reach over several servers: who subscribed elsewhere, and what is published there.</summary>
internal sealed class YWebRtcTopics(Rooms rooms) : ITopicKind
{
    private readonly Rooms _rooms = rooms;
    private static readonly string Prefix = NameOf("");

    private readonly ConcurrentDictionary<string, Abroad> _abroad = new(StringComparer.Ordinal);

    /// <summary>The room of a topic. No room of an URL can have this name: they have no colon.</summary>
    public static string NameOf(string topic) => $"{YWebRtcServices.Name}:{topic}";

    /// <summary>How many subscribers it has, on all servers.</summary>
    public int Count(Room room) => room.Elsewhere is not null && _abroad.TryGetValue(room.Name, out var abroad) ? room.Count + abroad.Subscribers : room.Count;

    public ITopicListener? Listen(string name, ITopic topic) =>
        name.StartsWith(Prefix, StringComparison.Ordinal) ? _abroad[name] = new Abroad(name, this) : null;

    private sealed class Abroad(string name, YWebRtcTopics topics) : ITopicListener
    {
        private readonly HashSet<string> _subscribers = new(StringComparer.Ordinal);
        private volatile int _count;

        public int Subscribers => _count;

        public void Said(string from, Frame frame)
        {
            // Clients of y-webrtc read nothing but text.
            if (FrameEncoder.Decode(frame).Opcode == Opcode.Text) topics._rooms.Find(name)?.Deliver(frame, new StandIn(from));
        }

        public void Sent(string from, string receiver, Frame frame)
        {
        }

        public void Entered(Elsewhere member)
        {
            _subscribers.Add(member.Id);
            _count = _subscribers.Count;
        }

        public void Left(string id, string reason)
        {
            _subscribers.Remove(id);
            _count = _subscribers.Count;
        }

        public void Taken(Elsewhere member)
        {
        }

        // Documents of Yjs find out by themselves what they have not got.
        public void Missed()
        {
        }

        public void Closed() => topics._abroad.TryRemove(KeyValuePair.Create(name, this));
    }
}
