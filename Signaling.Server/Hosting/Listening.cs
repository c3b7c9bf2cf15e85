using System.Globalization;

namespace Signaling.Server.Hosting;

/// <summary>Where the server listens.</summary>
internal static class Listening
{
    private const string Default = "http://localhost:8080";

    /// <summary>
    /// <c>--urls</c>, else <c>ASPNETCORE_URLS</c> (or any other of ASP.NET Core's own settings), else <c>PORT</c> on all
    /// interfaces, as hosting platforms set it, else <c>http://localhost:8080</c>.
    /// </summary>
    public static void ListenWhereAsked(this WebApplicationBuilder builder)
    {
        var settings = builder.Configuration;
        string[] own = ["urls", "http_ports", "https_ports"];
        if (own.Any(key => !string.IsNullOrWhiteSpace(settings[key])) || settings.GetSection("Kestrel:Endpoints").Exists()) return;

        var port = settings["PORT"];
        builder.WebHost.UseUrls(string.IsNullOrWhiteSpace(port) ? Default : $"http://*:{Number(port)}");
    }

    private static ushort Number(string port) =>
        ushort.TryParse(port, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw new StartException($"PORT is '{port}', but must be a number from 0 to 65535.");
}
