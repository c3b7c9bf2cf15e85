using Signaling.Server.Relay;
using Signaling.Server.Sockets;

namespace Signaling.Server.Protocols.YWebRtc;

/// <summary>A topic, as far as other servers have to do with it: who has subscribed there, and what is published from one to the other.</summary>
/// <param name="name">Of the topic's room.</param>
/// <param name="topic">What the servers share of it.</param>
/// <param name="topics">All of them.</param>
internal sealed class YWebRtcAbroad(string name, ITopic topic, YWebRtcTopics topics) : ITopicListener
{
    private readonly HashSet<string> _subscribers = new(StringComparer.Ordinal);
    private readonly Lock _turn = new();
    private readonly Queue<(Peer From, byte[] Open)> _waiting = new();
    private volatile int _count;

    public string Name => name;

    /// <summary>How many have subscribed elsewhere.</summary>
    public int Subscribers => _count;

    /// <summary>Publishes elsewhere alone, when it is known who hears it there; then the topic, opened by the caller, is disposed.</summary>
    public void Publish(Peer from, ReadOnlySpan<byte> open)
    {
        lock (_turn)
        {
            if (topic.Ready.IsCompleted || !topics.TryReserve(open.Length))
            {
                SayWaiting();
                Say(from, open);
                return;
            }
            _waiting.Enqueue((from, open.ToArray()));
            if (_waiting.Count == 1) topic.Ready.ContinueWith(_ => SayWaiting(), TaskScheduler.Default);
        }
    }

    /// <summary>Nothing waits any longer.</summary>
    public void SayWaiting()
    {
        lock (_turn)
        {
            while (_waiting.TryDequeue(out var one))
            {
                topics.Release(one.Open.Length);
                Say(one.From, one.Open);
            }
        }
    }

    public void Said(string from, Frame frame)
    {
        // Clients of y-webrtc read nothing but text.
        if (FrameEncoder.Decode(frame).Opcode == Opcode.Text) topics.Find(name)?.Deliver(frame, new StandIn(from));
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

    public void Closed() => topics.Closed(this);

    private void Say(Peer from, ReadOnlySpan<byte> open)
    {
        topic.Say(from, YWebRtcFrames.Published(open, (topics.Find(name)?.Count ?? 0) + _count));
        topic.Dispose();
    }
}
