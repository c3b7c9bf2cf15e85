using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using Signaling.Server.Access;
using Signaling.Server.Relay;
using Signaling.Server.Sockets;

namespace Signaling.Server.Protocols.WebTorrent;

/// <summary>What clients of WebTorrent speak with their trackers: offers are dealt to a swarm, answers go back (PROTOCOL.md section 5).</summary>
internal sealed class WebTorrentProtocol(Swarms swarms, WebTorrentOptions options, RelayTelemetry telemetry, MessageRate rate, int burst, Pass pass) : IProtocol
{
    private const int MaxSwarms = 100;

    private readonly Dictionary<string, (Room Room, Swarm Swarm)> _in = new(StringComparer.Ordinal);
    private int _refused;

    public void Opened(Peer peer)
    {
    }

    public void Received(Peer peer, Message message)
    {
        // The receivers are sent text, whatever it came as.
        var said = message.Opcode == Opcode.Text || Utf8.IsValid(message.Payload) ? TrackerMessage.Read(message.Payload) : TrackerMessage.Read([]);
        var offers = OfferList.Count(said.Offers);
        if (!rate.Take(offers))
        {
            if (++_refused >= burst) peer.Close(CloseReason.TooManyMessages);
            else peer.Post(said.InfoHash.Text is null ? TrackerFrames.Failure("too many messages") : TrackerFrames.Failure("too many messages", said.InfoHash.Json));
            return;
        }
        _refused = 0;
        if (said.Problem is not null) peer.Post(TrackerFrames.Failure(said.Problem));
        else if (said.Action == "announce") Announce(peer, said, offers, message.Payload.Length);
        else if (said.Action == "scrape") Scrape(peer, said);
        else peer.Post(TrackerFrames.Failure("invalid action in WS request"));
    }

    public void Closed(Peer peer, CloseReason reason)
    {
        foreach (var (room, swarm) in _in.Values) swarms.Leave(room, swarm, peer);
        _in.Clear();
    }

    private void Announce(Peer peer, TrackerMessage said, int offers, int bytes)
    {
        if (said.InfoHash.Text is not { } infoHash) peer.Post(TrackerFrames.Failure("invalid info_hash"));
        else if (said.PeerId.Text is not { } peerId) peer.Post(TrackerFrames.Failure("invalid peer_id"));
        else if (!pass.Grant.MayEnter(Swarms.NameOf(infoHash))) peer.Post(TrackerFrames.Failure("your token does not allow this swarm", said.InfoHash.Json));
        else if ((!said.Answer.IsEmpty || offers > 0) && !pass.Can(Ability.Direct)) peer.Post(TrackerFrames.Failure("your token does not allow offers and answers", said.InfoHash.Json));
        else if (!said.Answer.IsEmpty) Answer(peer, said, infoHash, bytes);
        else if (said.Event == TrackerEvent.Unknown) peer.Post(TrackerFrames.Failure("invalid event", said.InfoHash.Json));
        else if (said.Event == TrackerEvent.Stopped) Stop(peer, said, infoHash, peerId);
        else if (Enter(peer, infoHash, said) is { } at)
        {
            at.Swarm.Announce(peerId, peer, said.IsSeeder || said.Event == TrackerEvent.Completed);
            if (!at.Swarm.Ready.IsCompleted)
            {
                AnswerLater(peer, said, at, offers, peerId, bytes);
                return;
            }
            peer.Post(TrackerFrames.Counts(at.Swarm.Counts, options.Interval, said.InfoHash.Json));
            if (offers == 0) return;
            var receivers = at.Swarm.Pick(offers, but: peerId);
            Deal(peer, at, receivers, Offers(said, receivers.Length), bytes);
        }
    }

    // The first of a swarm on this server: who is in it on others is not known yet.
    private void AnswerLater(Peer peer, TrackerMessage said, (Room Room, Swarm Swarm) at, int offers, string peerId, int bytes)
    {
        var infoHash = said.InfoHash.Json.ToArray();
        var frames = Offers(said, offers);
        at.Swarm.Ready.ContinueWith(
            _ =>
            {
                peer.Post(TrackerFrames.Counts(at.Swarm.Counts, options.Interval, infoHash));
                if (frames.Length > 0 && peer.Ending is null) Deal(peer, at, at.Swarm.Pick(frames.Length, but: peerId), frames, bytes);
            },
            TaskScheduler.Default);
    }

    private static Frame[] Offers(TrackerMessage said, int count)
    {
        if (count == 0) return [];
        var frames = new Frame[count];
        var offers = new OfferList(said.Offers);
        for (var i = 0; i < count; i++)
        {
            offers.TryNext();
            frames[i] = TrackerFrames.Offer(offers.Offer, offers.OfferId, said.PeerId.Json, said.InfoHash.Json);
        }
        return frames;
    }

    private (Room Room, Swarm Swarm)? Enter(Peer peer, string infoHash, TrackerMessage said)
    {
        if (_in.TryGetValue(infoHash, out var known)) return known;
        if (_in.Count == MaxSwarms) peer.Post(TrackerFrames.Failure("too many swarms for one connection", said.InfoHash.Json));
        else if (swarms.Join(infoHash, peer, out var room, out var swarm) is not null) peer.Post(TrackerFrames.Failure("the tracker is full", said.InfoHash.Json));
        else return _in[infoHash] = (room!, swarm!);
        return null;
    }

    private void Stop(Peer peer, TrackerMessage said, string infoHash, string peerId)
    {
        var counts = default(SwarmCounts);
        if (_in.Remove(infoHash, out var left))
        {
            left.Swarm.Leave(peerId, peer);
            counts = left.Swarm.Counts;
            swarms.Leave(left.Room, left.Swarm, peer, "stopped");
        }
        else if (swarms.Find(infoHash) is { } other) counts = other.Counts;
        peer.Post(TrackerFrames.Counts(counts, options.Interval, said.InfoHash.Json));
    }

    // Each offer to one, chosen at random.
    private void Deal(Peer peer, (Room Room, Swarm Swarm) at, Peer[] receivers, Frame[] offers, int bytes)
    {
        using var span = RelayTraces.Message("offer", at.Room.Name, bytes);
        RelayTraces.Queued(receivers, peer);
        foreach (var (receiver, offer) in receivers.Zip(offers)) Deliver(peer, receiver, at, "offer", offer);
    }

    private void Answer(Peer peer, TrackerMessage said, string infoHash, int bytes)
    {
        if (said.ToPeerId.Text is not { } to)
        {
            peer.Post(TrackerFrames.Failure("invalid `to_peer_id` (required with `answer`)"));
            return;
        }
        using var span = RelayTraces.Message("answer", WebTorrentServices.Name, bytes);
        if (_in.TryGetValue(infoHash, out var at) && at.Swarm.Find(to) is { } receiver)
            Deliver(peer, receiver, at, "answer", TrackerFrames.Answer(said.Answer, said.OfferId, said.PeerId.Json, said.InfoHash.Json));
        else
            telemetry.Undelivered("peer-unavailable");
    }

    private void Deliver(Peer from, Peer to, (Room Room, Swarm Swarm) at, string kind, Frame frame)
    {
        telemetry.Tap?.Said(new Said(at.Room.Name, from, [to]) { Directed = true, Kind = kind, Frame = frame });
        at.Swarm.Send(from, to, frame);
        telemetry.Delivered(1, frame.Length);
    }

    // Only what is asked for: a list of all swarms is nobody's business.
    private void Scrape(Peer peer, TrackerMessage said)
    {
        var files = new StringBuilder();
        var reader = new Utf8JsonReader(said.InfoHashes);
        var count = 0;
        while (!said.InfoHashes.IsEmpty && count < MaxSwarms && reader.Read())
        {
            if (reader.TokenType != JsonTokenType.String) continue;
            var json = said.InfoHashes[(int)reader.TokenStartIndex..(int)reader.BytesConsumed];
            if (JsonId.Of(ref reader, json).Text is not { } infoHash) continue;
            var counts = swarms.Find(infoHash)?.Counts ?? default;
            if (count++ > 0) files.Append(',');
            files.Append(Encoding.UTF8.GetString(json)).Append($$""":{"complete":{{counts.Seeders}},"incomplete":{{counts.Leechers}},"downloaded":{{counts.Seeders}}}""");
        }
        peer.Post(TrackerFrames.Scrape(files.ToString()));
    }
}
