using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Signaling.AppHost.Embedded.Telemetry;

namespace Signaling.AppHost.Embedded.Dashboard;

/// <summary>Who may see the dashboard: whoever has the token, or the cookie that the login link gives for it; a service that reports has a key for that alone; and only under a loopback name.</summary>
internal sealed class DashboardAccess(DashboardSettings settings)
{
    private static readonly string[] LoopbackNames = ["localhost", "127.0.0.1", "[::1]"];

    // cookies do not tell ports apart: the name does, so that two AppHosts on one machine do not log each other out
    private readonly string _cookie = $"apphost-{settings.Port}";
    private readonly string _session = RandomNumberGenerator.GetHexString(32);

    /// <summary>Null if the request may go on, else the status that it gets. A foreign Host or Origin is a web page that tries its luck.</summary>
    public int? Refuse(HttpRequest request)
    {
        if (!LoopbackNames.Contains(request.Host.Host) || request.Host.Port != settings.Port) return StatusCodes.Status400BadRequest;
        if (request.Headers.Origin is [{ } origin] && origin != $"{request.Scheme}://{request.Host}") return StatusCodes.Status403Forbidden;
        if (request.Path.Value is "/health" or "/login" or "/page.css") return null;
        if (request.Path.StartsWithSegments(OtlpEndpoint.Path)) return Same(request.Headers[OtlpEndpoint.KeyHeader].ToString(), settings.OtlpKey) ? null : StatusCodes.Status401Unauthorized;
        return IsKnown(request) ? null : StatusCodes.Status401Unauthorized;
    }

    /// <summary>True if the token was the right one; then the answer carries the cookie.</summary>
    public bool LogIn(HttpContext context)
    {
        if (!Same(context.Request.Query["t"].ToString(), settings.Token)) return false;
        context.Response.Cookies.Append(_cookie, _session, new CookieOptions { HttpOnly = true, SameSite = SameSiteMode.Strict, Path = "/" });
        return true;
    }

    private bool IsKnown(HttpRequest request) =>
        (request.Cookies[_cookie] is { } cookie && Same(cookie, _session)) ||
        (request.Headers.Authorization.ToString() is { } header && header.StartsWith("Bearer ", StringComparison.Ordinal) && Same(header["Bearer ".Length..], settings.Token));

    private static bool Same(string given, string wanted) =>
        CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(given), Encoding.UTF8.GetBytes(wanted));
}
