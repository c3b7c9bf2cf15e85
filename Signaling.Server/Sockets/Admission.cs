using Microsoft.Extensions.Options;
using Signaling.Server.Access;
using Signaling.Server.Hosting;
using Signaling.Server.Relay;
using Signaling.Server.Sockets.Wire;

namespace Signaling.Server.Sockets;

/// <summary>Lets clients in, whatever they speak, and carries their sessions: what can be refused is refused before the upgrade.</summary>
internal sealed class Admission(
    Origins origins,
    Gate gate,
    ConnectionLimits places,
    Connections connections,
    Wires wires,
    IOptions<LimitsOptions> limits,
    RelayTelemetry telemetry,
    TimeProvider time,
    ILogger<Admission> log)
{
    /// <summary>Answers a request: with a session until its end, or with a refusal.</summary>
    /// <param name="context">The request.</param>
    /// <param name="ask">Understands what it asks for, once nothing else speaks against it.</param>
    /// <param name="token">A token from a place that only this endpoint knows.</param>
    public async Task<IResult> ServeAsync(HttpContext context, Func<(Call? Call, IResult? Refused)> ask, string? token = null)
    {
        if (Check(context) is { } wrong) return Refuse(wrong);
        if (await gate.AskAsync(context, token) is { } denied) return denied;
        var (call, refused) = ask();
        if (refused is not null) return refused is Refusal no ? Refuse(no) : refused;

        var address = ClientAddress.Of(context.Connection.RemoteIpAddress);
        if (places.TryEnter(address) is { } full) return Refuse(full);
        return await CarryAsync(context, call!, new Visit(address, places, connections, telemetry, log)) is { } unwanted ? Refuse(unwanted) : Results.Empty;
    }

    /// <summary>The answer to somebody who is not let in, which is counted.</summary>
    public Refusal Refuse(Refusal refusal)
    {
        telemetry.Refused(refusal.Reason);
        return refusal;
    }

    private Refusal? Check(HttpContext context)
    {
        if (!Handshake.IsAskedFor(context)) return Refusal.NotWebSocket("Connect with a WebSocket client: new WebSocket(url) in a browser.");
        if (!origins.Allows(context.Request)) return Refusal.ForeignOrigin;
        return connections.IsStopping ? Refusal.Stopping : Handshake.Check(context);
    }

    private async Task<Refusal?> CarryAsync(HttpContext context, Call call, Visit visit)
    {
        var goesOn = false;
        try
        {
            var line = wires.Pick(context, call.Key ?? context.Connection.Id);
            var rate = new MessageRate(limits.Value.MessagesPerSecond, limits.Value.Burst, time);
            var pass = new Pass(Grant.Of(context));
            var protocol = call.Create(rate, pass);
            var session = new Session(line, line.Abort, protocol, limits.Value, telemetry, time, pass);
            visit.Has(session);
            // Before the 101: whose socket is open hears everything that is said from then on.
            using (await protocol.PrepareAsync()) session.Open();
            if (session.Outbox.Ending is { IsTold: false } unwanted) return Refusal.Unwanted(unwanted);
            visit.Begin(call.Protocol, call.Room);
            log.SessionBegan(call.Protocol, context.Request.Protocol);
            goesOn = await line.CarryAsync(call.Subprotocol, visit);
            return null;
        }
        finally
        {
            if (!goesOn) visit.End();
        }
    }
}
