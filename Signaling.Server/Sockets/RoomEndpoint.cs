using Microsoft.AspNetCore.Http.Features;
using Signaling.Server.Access;

namespace Signaling.Server.Sockets;

/// <summary>What a client that asks for a room gets: the room of the URL, and the protocol of its choice.</summary>
internal sealed class RoomEndpoint(SubprotocolChoice subprotocols, Gate gate, Admission admission)
{
    public async Task<IResult> ServeAsync(HttpContext context, string room)
    {
        var inLobby = room == RoomName.Lobby;
        if (inLobby ? IsRoomInDisguise(context) : !RoomName.IsValid(room)) return admission.Refuse(Refusal.BadRequest("Bad room name", RoomName.Rule));
        return await admission.ServeAsync(context, () => Understand(context.Request, room));
    }

    // Kestrel makes / of /room/.. and of its escaped spellings; whoever asks for that does not mean the lobby.
    private static bool IsRoomInDisguise(HttpContext context) =>
        context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget.Split('?')[0].Contains("/room", StringComparison.OrdinalIgnoreCase);

    private (Call?, IResult?) Understand(HttpRequest request, string room)
    {
        if (!Grant.Of(request.HttpContext).MayEnter(room)) return (null, gate.Deny(Denial.Room));
        var (protocol, name, wrong) = subprotocols.Pick(request);
        if (wrong is not null) return (null, wrong);
        if (protocol!.Check?.Invoke(request.Query) is { } problem) return (null, Refusal.BadRequest("Bad query", problem));
        return (new Call(protocol.Name, room, (rate, pass) => protocol.Create(new Admitted(room, request.Query, rate, pass)), name, Key: room), null);
    }
}
