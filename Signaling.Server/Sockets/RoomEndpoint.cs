using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Options;
using Signaling.Server.Relay;
using Signaling.Server.Sockets.Wire;

namespace Signaling.Server.Sockets;

/// <summary>Admits a client to a room and carries its session: everything that can be refused is refused before the upgrade.</summary>
internal sealed class RoomEndpoint(
    SubprotocolChoice subprotocols,
    Connections connections,
    IOptions<LimitsOptions> limits,
    RelayTelemetry telemetry,
    TimeProvider time,
    ILogger<RoomEndpoint> log)
{
    public async Task<IResult> ServeAsync(HttpContext context, string room)
    {
        if (Admit(context, room) is { } refused) return refused;
        var (protocol, name, wrong) = subprotocols.Pick(context.Request);
        if (wrong is not null) return wrong;
        if (protocol!.Check?.Invoke(context.Request.Query) is { } problem) return Refusal.BadRequest("Bad query", problem);

        return await CarryAsync(context, room, protocol, name);
    }

    private IResult? Admit(HttpContext context, string room)
    {
        var inLobby = room == RoomName.Lobby;
        if (inLobby ? IsRoomInDisguise(context) : !RoomName.IsValid(room)) return Refusal.BadRequest("Bad room name", RoomName.Rule);
        if (!Handshake.IsAskedFor(context)) return Refusal.NotWebSocket(context, "Connect with a WebSocket client: new WebSocket(url) in a browser.");
        return connections.IsStopping ? Refusal.Stopping(context) : Handshake.Check(context);
    }

    // Kestrel makes / of /room/.. and of its escaped spellings; whoever asks for that does not mean the lobby.
    private static bool IsRoomInDisguise(HttpContext context) =>
        context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget.Split('?')[0].Contains("/room", StringComparison.OrdinalIgnoreCase);

    private async Task<IResult> CarryAsync(HttpContext context, string room, Subprotocol protocol, string? name)
    {
        var wire = new StreamWire();
        var rate = new MessageRate(limits.Value.MessagesPerSecond, limits.Value.Burst, time);
        var session = new Session(wire, context.Abort, protocol.Create(new Admitted(room, context.Request.Query, rate)), limits.Value, telemetry);
        var span = telemetry.Connected(protocol.Name, room);
        connections.Add(session);
        try
        {
            // Before the 101: whose socket is open hears everything that is said from then on.
            session.Open();
            if (session.Outbox.Ending is { } unwanted) return Refusal.Unwanted(context, unwanted);
            await wire.RunAsync(await Handshake.AcceptAsync(context, name), session);
            return Results.Empty;
        }
        finally
        {
            session.End();
            connections.Remove(session);
            var reason = session.Outbox.Ending ?? CloseReason.Lost;
            telemetry.Disconnected(span, reason);
            log.SessionEnded(protocol.Name, reason.Code, reason.Name);
        }
    }
}
