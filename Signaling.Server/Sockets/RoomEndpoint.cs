using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Options;
using Signaling.Server.Access;
using Signaling.Server.Relay;
using Signaling.Server.Sockets.Wire;

namespace Signaling.Server.Sockets;

/// <summary>Admits a client to a room and carries its session: everything that can be refused is refused before the upgrade.</summary>
internal sealed class RoomEndpoint(
    Origins origins,
    SubprotocolChoice subprotocols,
    ConnectionLimits places,
    Connections connections,
    Wires wires,
    IOptions<LimitsOptions> limits,
    RelayTelemetry telemetry,
    TimeProvider time,
    ILogger<RoomEndpoint> log)
{
    public async Task<IResult> ServeAsync(HttpContext context, string room)
    {
        var answer = await AdmitAsync(context, room);
        if (answer is Refusal refusal) telemetry.Refused(refusal.Reason);
        return answer;
    }

    private async Task<IResult> AdmitAsync(HttpContext context, string room)
    {
        if (Check(context, room) is { } refused) return refused;
        var (protocol, name, wrong) = subprotocols.Pick(context.Request);
        if (wrong is not null) return wrong;
        if (protocol!.Check?.Invoke(context.Request.Query) is { } problem) return Refusal.BadRequest("Bad query", problem);

        var address = ClientAddress.Of(context.Connection.RemoteIpAddress);
        return places.TryEnter(address) is { } full ? full : await CarryAsync(context, address, room, protocol, name);
    }

    private Refusal? Check(HttpContext context, string room)
    {
        var inLobby = room == RoomName.Lobby;
        if (inLobby ? IsRoomInDisguise(context) : !RoomName.IsValid(room)) return Refusal.BadRequest("Bad room name", RoomName.Rule);
        if (!Handshake.IsAskedFor(context)) return Refusal.NotWebSocket("Connect with a WebSocket client: new WebSocket(url) in a browser.");
        if (!origins.Allows(context.Request)) return Refusal.ForeignOrigin;
        return connections.IsStopping ? Refusal.Stopping : Handshake.Check(context);
    }

    // Kestrel makes / of /room/.. and of its escaped spellings; whoever asks for that does not mean the lobby.
    private static bool IsRoomInDisguise(HttpContext context) =>
        context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget.Split('?')[0].Contains("/room", StringComparison.OrdinalIgnoreCase);

    private async Task<IResult> CarryAsync(HttpContext context, ClientAddress address, string room, Subprotocol protocol, string? name)
    {
        var visit = new Visit(address, places, connections, telemetry, log);
        var goesOn = false;
        try
        {
            var line = wires.Pick(context, key: room);
            var rate = new MessageRate(limits.Value.MessagesPerSecond, limits.Value.Burst, time);
            var session = new Session(line, line.Abort, protocol.Create(new Admitted(room, context.Request.Query, rate)), limits.Value, telemetry, time);
            visit.Has(session);
            // Before the 101: whose socket is open hears everything that is said from then on.
            session.Open();
            if (session.Outbox.Ending is { } unwanted) return Refusal.Unwanted(unwanted);
            visit.Begin(protocol.Name, room);
            goesOn = await line.CarryAsync(name, visit);
            return Results.Empty;
        }
        finally
        {
            if (!goesOn) visit.End();
        }
    }
}
