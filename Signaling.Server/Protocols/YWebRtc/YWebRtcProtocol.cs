using System.Text.Unicode;
using Signaling.Server.Access;
using Signaling.Server.Relay;
using Signaling.Server.Sockets;

namespace Signaling.Server.Protocols.YWebRtc;

/// <summary>
/// What y-webrtc 10 speaks with its signaling server: topics that are subscribed and published to (PROTOCOL.md section 5).
/// It knows no errors: what cannot be understood is ignored.
/// </summary>
internal sealed class YWebRtcProtocol(Rooms rooms, YWebRtcTopics topics, RelayTelemetry telemetry, MessageRate rate, Pass pass) : IProtocol
{
    private readonly Dictionary<string, Room> _topics = new(StringComparer.Ordinal);

    public void Opened(Peer peer)
    {
    }

    public void Received(Peer peer, Message message)
    {
        // The receivers are sent text, whatever it came as.
        var said = message.Opcode == Opcode.Text || Utf8.IsValid(message.Payload) ? YWebRtcMessage.Read(message.Payload) : default;
        var room = said.Kind == YWebRtcKind.Publish ? rooms.Find(YWebRtcTopics.NameOf(said.Topic)) : null;
        if (!rate.Take(room?.Count ?? 0))
        {
            peer.Close(CloseReason.TooManyMessages);
            return;
        }
        switch (said.Kind)
        {
            case YWebRtcKind.Subscribe when said.IsTooMuch:
                peer.Close(CloseReason.TooManyTopics);
                break;
            case YWebRtcKind.Subscribe:
                foreach (var topic in said.Topics) Subscribe(peer, topic);
                break;
            case YWebRtcKind.Unsubscribe:
                foreach (var topic in said.Topics)
                    if (_topics.Remove(topic, out var left)) Leave(peer, left, "unsubscribed");
                break;
            case YWebRtcKind.Publish when room is not null && pass.Can(Ability.Publish) && pass.Grant.MayEnter(room.Name):
                Publish(peer, room, said, message.Payload.Length);
                break;
            // What nobody can subscribe to needs no other server.
            case YWebRtcKind.Publish when room is null && topics.ReachOthers && said.Topic.Length <= YWebRtcMessage.MaxTopicLength:
                PublishElsewhere(peer, said, message.Payload.Length);
                break;
            case YWebRtcKind.Ping:
                peer.Post(YWebRtcFrames.Pong);
                break;
        }
    }

    public void Closed(Peer peer, CloseReason reason)
    {
        foreach (var room in _topics.Values) Leave(peer, room, reason: null);
        _topics.Clear();
    }

    private void Subscribe(Peer peer, string topic)
    {
        if (_topics.ContainsKey(topic) || !pass.Grant.MayEnter(YWebRtcTopics.NameOf(topic))) return;
        if (_topics.Count == YWebRtcMessage.MaxTopics)
        {
            peer.Close(CloseReason.TooManyTopics);
        }
        else if (rooms.Join(YWebRtcTopics.NameOf(topic), peer, out var room) is { } refused)
        {
            peer.Close(refused);
        }
        else
        {
            _topics[topic] = room!;
            room!.Elsewhere?.Put(peer.Id, default);
        }
    }

    private void Leave(Peer peer, Room room, string? reason)
    {
        room.Elsewhere?.Remove(peer.Id, reason ?? "closed");
        rooms.Leave(room, peer, reason);
    }

    private void Publish(Peer peer, Room room, YWebRtcMessage said, int bytes)
    {
        using var span = RelayTraces.Message("publish", room.Name, bytes);
        topics.SayWaiting(room);
        var frame = YWebRtcFrames.Published(said.Open, topics.Count(room));
        if (_topics.ContainsKey(said.Topic))
        {
            peer.Post(frame);
            telemetry.Delivered(1, frame.Length);
        }
        room.Broadcast(frame, from: peer);
    }

    private void PublishElsewhere(Peer peer, YWebRtcMessage said, int bytes)
    {
        var name = YWebRtcTopics.NameOf(said.Topic);
        if (!pass.Can(Ability.Publish) || !pass.Grant.MayEnter(name)) return;
        using var span = RelayTraces.Message("publish", name, bytes);
        topics.PublishElsewhere(peer, name, said.Open);
    }
}
