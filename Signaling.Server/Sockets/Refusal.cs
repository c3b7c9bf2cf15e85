using Signaling.Server.Relay;

namespace Signaling.Server.Sockets;

/// <summary>Every way to say no before a connection is upgraded, as <c>application/problem+json</c> (RFC 9457).</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Reason">For metrics.</param>
/// <param name="Title">What is wrong, in short.</param>
/// <param name="Detail">For the developer of the client.</param>
/// <param name="RetrySeconds">When to come again; 0: not as it is.</param>
internal sealed record Refusal(int Status, string Reason, string Title, string Detail, int RetrySeconds = 0) : IResult
{
    private const int SoonSeconds = 2;
    private const int LaterSeconds = 10;

    /// <summary>Another server, or the next one, will take the connection.</summary>
    public static readonly Refusal Stopping = new(
        503, "stopping", "Shutting down", "This server is about to stop; connect again in a moment.", SoonSeconds);

    /// <summary>As many connections as there may be.</summary>
    public static readonly Refusal ServerFull = new(
        503, "server-full", "At capacity", "This server has no place left (Limits:Connections).", LaterSeconds);

    /// <summary>As many connections as there may be from there.</summary>
    public static readonly Refusal AddressFull = new(
        429, "address-full", "Too many connections", "Too many connections from your address (Limits:ConnectionsPerAddress).", LaterSeconds);

    /// <summary>A page from elsewhere.</summary>
    public static readonly Refusal ForeignOrigin = new(
        403, "origin", "Origin not allowed", "Pages of this origin may not connect (Access:Origins).");

    public static Refusal BadRequest(string title, string detail) => new(400, "bad-request", title, detail);

    public static Refusal NotWebSocket(string detail) => new(426, "not-websocket", "Not a WebSocket request", detail);

    /// <summary>The protocol did not want the connection.</summary>
    public static Refusal Unwanted(CloseReason reason) =>
        reason == CloseReason.Restart || reason == CloseReason.GoingAway ? Stopping : new(503, reason.Name, "At capacity", reason.Text, LaterSeconds);

    public Task ExecuteAsync(HttpContext context)
    {
        var headers = context.Response.Headers;
        if (RetrySeconds > 0) headers.RetryAfter = $"{RetrySeconds}";
        if (Status == StatusCodes.Status426UpgradeRequired) (headers.Upgrade, headers.Connection) = ("websocket", "Upgrade");
        return TypedResults.Problem(statusCode: Status, title: Title, detail: Detail).ExecuteAsync(context);
    }
}
