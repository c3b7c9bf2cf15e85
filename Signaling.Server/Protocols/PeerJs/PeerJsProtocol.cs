using System.Text.Unicode;
using Signaling.Server.Access;
using Signaling.Server.Relay;
using Signaling.Server.Sockets;

namespace Signaling.Server.Protocols.PeerJs;

/// <summary>What PeerJS 1.5 speaks with its server: ids, and messages from one to another (PROTOCOL.md section 5).</summary>
internal sealed class PeerJsProtocol(PeerJsRealm realm, PeerJsOptions options, IQueryCollection query, MessageRate rate, Pass pass, TimeProvider time) : IProtocol
{
    private const int MaxIdLength = 128;

    private readonly string _id = query["id"].ToString();
    private readonly string _token = query["token"].ToString();
    private readonly string _key = query["key"].ToString();
    private PeerJsMember? _member;

    public ValueTask<IDisposable?> PrepareAsync() => Problem() is null ? realm.ClaimAsync(_id, _token) : default;

    public void Opened(Peer peer)
    {
        if (Problem() is { } problem) Refuse(peer, problem);
        else _member = realm.Enter(_id, _token, peer);
    }

    public void Received(Peer peer, Message message)
    {
        if (!rate.Take(receivers: 1))
        {
            peer.Close(CloseReason.TooManyMessages);
            return;
        }
        if (_member is not { } member) return;
        member.Heard = time.GetTimestamp();
        // The receiver is sent text, whatever it came as.
        var said = message.Opcode == Opcode.Text || Utf8.IsValid(message.Payload) ? PeerJsMessage.Read(message.Payload) : default;
        switch (said.Type)
        {
            case PeerJsType.Leave when said.To is null:
                realm.Leave(member, "closed");
                _member = null;
                break;
            case PeerJsType.Offer or PeerJsType.Answer or PeerJsType.Candidate or PeerJsType.Leave or PeerJsType.Expire when said.To is not null:
                Send(member, said, message.Payload.Length);
                break;
        }
    }

    public void Closed(Peer peer, CloseReason reason)
    {
        if (_member is not null) realm.Leave(_member);
    }

    /// <summary>Whether a client may have such an id.</summary>
    public static bool IsId(string id) => id.Length is > 0 and <= MaxIdLength && !id.Any(char.IsControl) && !id.Any(char.IsSurrogate);

    private Frame? Problem()
    {
        if (_id.Length == 0 || _token.Length == 0 || _key.Length == 0) return PeerJsFrames.NothingSupplied;
        if (_key != options.Key) return PeerJsFrames.WrongKey;
        if (!IsId(_id)) return PeerJsFrames.WrongId;
        return pass.Grant.MayEnter("peerjs:") && pass.Can(Ability.Direct) && pass.Grant.Owns(_id) ? null : PeerJsFrames.NotAllowed;
    }

    private static void Refuse(Peer peer, Frame why)
    {
        peer.Post(why);
        peer.Close(CloseReason.Told);
    }

    private void Send(PeerJsMember member, PeerJsMessage said, int bytes)
    {
        var kind = said.Type switch
        {
            PeerJsType.Offer => "offer",
            PeerJsType.Answer => "answer",
            PeerJsType.Candidate => "candidate",
            _ => "bye",
        };
        using var span = RelayTraces.Message(kind, PeerJsServices.Name, bytes);
        var waits = said.Type is PeerJsType.Offer or PeerJsType.Answer or PeerJsType.Candidate;
        realm.Send(member, said.To!, PeerJsFrames.Relayed(member.IdJson, said), kind, waits);
    }
}
