using System.Security.Cryptography;
using Microsoft.Extensions.Configuration;
using Signaling.AppHost.Embedded.Processes;

namespace Signaling.AppHost.Embedded;

/// <summary>Where the dashboard listens, and the token that opens it, under the names that Aspire uses for them.</summary>
/// <param name="Port">From ASPNETCORE_URLS (the AppHost's launch profile sets it); a free one if that names none. Always on loopback.</param>
/// <param name="Token">From ASPIRE_DASHBOARD_FRONTEND_BROWSERTOKEN; else a new one at each start.</param>
/// <param name="OtlpKey">What the services send their telemetry with; a new one at each start.</param>
internal sealed record DashboardSettings(int Port, string Token, string OtlpKey)
{
    public const string BrowserToken = "ASPIRE_DASHBOARD_FRONTEND_BROWSERTOKEN";

    public string Url => $"http://localhost:{Port}";

    public static DashboardSettings From(IConfiguration configuration)
    {
        var token = configuration[BrowserToken] is { Length: > 0 } given ? given : Secret();
        var url = configuration["ASPNETCORE_URLS"]?.Split(';')[0];
        var port = Uri.TryCreate(url, UriKind.Absolute, out var address) ? address.Port : 0;
        if (port != 0 && Ports.IsFree(port)) return new DashboardSettings(port, token, Secret());
        var free = new DashboardSettings(Ports.Free(), token, Secret());
        if (port != 0) Terminal.Say($"Port {port} is in use: the dashboard is at {free.Url} instead.");
        return free;
    }

    private static string Secret() => RandomNumberGenerator.GetHexString(32, lowercase: true);
}
