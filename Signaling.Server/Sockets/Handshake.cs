using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.Timeouts;

namespace Signaling.Server.Sockets;

/// <summary>The server's half of the opening handshake: RFC 6455 section 4.2 over HTTP/1.1, RFC 8441 over HTTP/2.</summary>
internal static class Handshake
{
    private const string Version = "13";

    /// <summary>The methods that ask for a WebSocket: GET in HTTP/1.1, CONNECT in HTTP/2.</summary>
    public static readonly string[] Methods = [HttpMethods.Get, HttpMethods.Connect];

    public static bool IsAskedFor(HttpContext context) => IsUpgrade(context) || IsExtendedConnect(context);

    /// <summary>What is wrong with the request, or null.</summary>
    public static Refusal? Check(HttpContext context)
    {
        if (context.Request.Headers.SecWebSocketVersion != Version)
        {
            context.Response.Headers.SecWebSocketVersion = Version;
            return Refusal.NotWebSocket("This server speaks version 13 of the WebSocket protocol (RFC 6455).");
        }
        return IsUpgrade(context) && !IsKey(context.Request.Headers.SecWebSocketKey)
            ? Refusal.BadRequest("Bad WebSocket handshake", "Sec-WebSocket-Key must be 16 bytes in base64 (RFC 6455 section 4.1).")
            : null;
    }

    /// <summary>Says yes; from here on the stream carries frames.</summary>
    /// <param name="context">A request that was checked.</param>
    /// <param name="subprotocol">The one that was picked of those that the client offered; null when it offered none.</param>
    public static async Task<Stream> AcceptAsync(HttpContext context, string? subprotocol)
    {
        // An upgraded connection may be silent for as long as it likes: keep-alive is ours from here on.
        context.Features.Get<IHttpRequestTimeoutFeature>()?.DisableTimeout();
        var headers = context.Response.Headers;
        if (subprotocol is not null) headers.SecWebSocketProtocol = subprotocol;

        if (IsExtendedConnect(context)) return await context.Features.GetRequiredFeature<IHttpExtendedConnectFeature>().AcceptAsync();

        headers.Upgrade = "websocket";
        headers.SecWebSocketAccept = Accept(context.Request.Headers.SecWebSocketKey.ToString());
        return await context.Features.GetRequiredFeature<IHttpUpgradeFeature>().UpgradeAsync();
    }

    /// <summary>Over HTTP/1.1: the connection is the session's from then on.</summary>
    public static bool IsUpgrade(HttpContext context) =>
        HttpMethods.IsGet(context.Request.Method)
        && context.Features.Get<IHttpUpgradeFeature>() is { IsUpgradableRequest: true }
        && context.Request.Headers.Upgrade.Any(value => "websocket".Equals(value?.Trim(), StringComparison.OrdinalIgnoreCase));

    private static bool IsExtendedConnect(HttpContext context) =>
        context.Features.Get<IHttpExtendedConnectFeature>() is { IsExtendedConnect: true, Protocol: "websocket" };

    private static bool IsKey(string? key)
    {
        Span<byte> bytes = stackalloc byte[18];
        return key is { Length: 24 } && Convert.TryFromBase64String(key, bytes, out var length) && length == 16;
    }

    // The GUID is the one of RFC 6455 section 1.3. SHA-1 proves here that the server speaks the protocol, and protects nothing.
#pragma warning disable CA5350
    private static string Accept(string key) =>
        Convert.ToBase64String(SHA1.HashData(Encoding.ASCII.GetBytes(key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11")));
#pragma warning restore CA5350
}
