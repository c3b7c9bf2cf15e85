using Signaling.Server.Relay;

namespace Signaling.Server.Sockets;

/// <summary>The ways to say no before a connection is upgraded. All are <c>application/problem+json</c> (RFC 9457).</summary>
internal static class Refusal
{
    private const int RetrySeconds = 2;

    public static IResult BadRequest(string title, string detail) =>
        TypedResults.Problem(statusCode: StatusCodes.Status400BadRequest, title: title, detail: detail);

    public static IResult NotWebSocket(HttpContext context, string detail)
    {
        context.Response.Headers.Upgrade = "websocket";
        context.Response.Headers.Connection = "Upgrade";
        return TypedResults.Problem(statusCode: StatusCodes.Status426UpgradeRequired, title: "Not a WebSocket request", detail: detail);
    }

    public static IResult Unwanted(HttpContext context, CloseReason reason)
    {
        context.Response.Headers.RetryAfter = $"{RetrySeconds}";
        return TypedResults.Problem(statusCode: StatusCodes.Status503ServiceUnavailable, title: "At capacity", detail: reason.Text);
    }

    public static IResult Stopping(HttpContext context)
    {
        context.Response.Headers.RetryAfter = $"{RetrySeconds}";
        return TypedResults.Problem(statusCode: StatusCodes.Status503ServiceUnavailable, title: "Shutting down", detail: "This server is about to stop; connect again in a moment.");
    }
}
