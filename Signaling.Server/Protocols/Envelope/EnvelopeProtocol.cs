using System.Text;
using Signaling.Server.Access;
using Signaling.Server.Relay;
using Signaling.Server.Sockets;

namespace Signaling.Server.Protocols.Envelope;

/// <summary>
/// <c>signaling.v1</c>: identity, presence, directed messages, resume (PROTOCOL.md section 2). What a client says is
/// understood, and then either goes to others or is answered with an error; the connection goes on.
/// </summary>
internal sealed class EnvelopeProtocol(EnvelopeRooms rooms, Admitted client, EnvelopeTerms terms) : IProtocol
{
    private const int MaxBadInARow = 10;
    private const string Forbidden = "forbidden";
    private const string Reference = "See PROTOCOL.md, section 2.";

    private static readonly TimeSpan RefusalWindow = TimeSpan.FromSeconds(10);
    private static readonly Frame Ping = FrameEncoder.Encode(Opcode.Ping, []);

    private readonly EntryWish _wish = EntryWish.Of(client.Query);
    private Seat _seat = null!;
    private Task _renewal = Task.CompletedTask;
    private int _bad;
    private int _refused;
    private long _refusedSince;

    private Place Place => _seat.Place;

    private EnvelopeRoom Room => _seat.Place.Room;

    public ValueTask<IDisposable?> PrepareAsync() => rooms.PrepareAsync(client.Room, client.Pass.Sub, _wish);

    public void Opened(Peer peer)
    {
        _seat = rooms.Enter(client.Room, peer, client.Pass.Sub, _wish);
        // Its pong shows that the client has the welcome, and in it the new secret.
        peer.Post(Ping);
    }

    public void Received(Peer peer, Message message)
    {
        Room.Confirm(Place, _seat.Secret);
        var said = message.Opcode == Opcode.Text ? ClientMessage.Read(message.Payload) : ClientMessage.NotText;
        using var span = RelayTraces.Message(NameOf(said.Kind), Room.Name, message.Payload.Length);
        var receivers = said.Kind is MessageKind.Broadcast or MessageKind.Meta ? Room.Audience : 1;
        if (!client.Rate.Take(receivers))
        {
            Refuse(peer, said);
            return;
        }
        if (said.Kind == MessageKind.Bad)
        {
            Answer("bad-message", $"{said.Problem}. {Reference}", said);
            if (++_bad == MaxBadInARow) peer.Close(CloseReason.NotTheProtocol);
            return;
        }
        _bad = 0;
        if (May(said.Kind)) Act(peer, said);
        else Answer(Forbidden, Denial.Forbidden.Detail, said);
    }

    public void Ponged(Peer peer) => Room.Confirm(Place, _seat.Secret);

    public void GoingAway(Peer peer, TimeSpan after) => Place.Post(ServerFrames.GoAway(after));

    public void Closed(Peer peer, CloseReason reason)
    {
        if (!Place.Wire.Detach(peer)) return;
        if (reason.MayComeBack) Room.Keep(Place, reason == CloseReason.Restart ? "drain" : "timeout");
        else Room.Leave(Place, LeaveReason(reason));
    }

    // As the others are told it.
    private static string LeaveReason(CloseReason reason) => reason.Code switch
    {
        1000 => "closed",
        4408 => "slow",
        4409 => "timeout", // it came again, but too late for what it had missed
        _ => "limit",
    };

    private static string NameOf(MessageKind kind) => kind switch
    {
        MessageKind.Bad => "bad",
        MessageKind.Broadcast => "broadcast",
        MessageKind.Direct => "direct",
        MessageKind.Meta => "meta",
        MessageKind.Ice => "ice",
        MessageKind.Token => "token",
        MessageKind.Bye => "bye",
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    private bool May(MessageKind kind) => kind switch
    {
        MessageKind.Broadcast => client.Pass.Can(Ability.Publish),
        MessageKind.Direct => client.Pass.Can(Ability.Direct),
        _ => true,
    };

    private void Act(Peer peer, ClientMessage said)
    {
        switch (said.Kind)
        {
            case MessageKind.Broadcast:
                Room.Broadcast(Place, said.Data);
                break;
            case MessageKind.Direct:
                if (!Room.Send(Place, said.To!, said.Data)) Answer("peer-unavailable", "There is no such peer in this room, or it is you.", said);
                break;
            case MessageKind.Meta:
                Room.SetMeta(Place, said.Meta);
                break;
            case MessageKind.Ice:
                Place.Post(ServerFrames.Ice(terms.IceServers(Place.Id)));
                break;
            case MessageKind.Token:
                _renewal = RenewAsync(_renewal, Encoding.UTF8.GetString(said.Token), said.Ref);
                break;
            case MessageKind.Bye:
                peer.Close(CloseReason.Normal);
                break;
        }
    }

    // One after the other. Where keys have to be fetched it goes on later, when others have the word: what it touches bears that.
    private async Task RenewAsync(Task before, string token, string? reference)
    {
        await before;
        if (await terms.Gate.RenewAsync(client.Pass, client.Room, token) is not { } denied) return;
        rooms.Telemetry.Undelivered(Forbidden);
        Place.Post(ServerFrames.Error(Forbidden, denied.Detail, reference, to: null));
    }

    // Told a burst of times within the window; after that the client is beyond help.
    private void Refuse(Peer peer, ClientMessage said)
    {
        var now = terms.Time.GetTimestamp();
        if (_refused == 0 || terms.Time.GetElapsedTime(_refusedSince, now) > RefusalWindow) (_refused, _refusedSince) = (0, now);
        if (++_refused >= terms.Limits.Burst) peer.Close(CloseReason.TooManyMessages);
        else Answer("rate-limited", $"Not delivered: more than {terms.Limits.MessagesPerSecond} messages a second, weighted by receivers.", said);
    }

    private void Answer(string code, string text, ClientMessage said)
    {
        rooms.Telemetry.Undelivered(code);
        rooms.Telemetry.Tap?.Said(new Said(Room.Name, Place, []) { Directed = said.To is not null, Refused = code });
        Place.Post(ServerFrames.Error(code, text, said.Ref, code == "peer-unavailable" ? said.To : null));
    }
}
