using Microsoft.Extensions.Options;
using Signaling.Server.Hosting;
using Signaling.Server.Relay;
using Signaling.Server.Sockets;

namespace Signaling.Server.Protocols.WebTorrent;

/// <summary>The door of this folder.</summary>
public static class WebTorrentServices
{
    internal const string Name = "webtorrent";

    /// <summary>Adds the options <c>WebTorrent</c> and the swarms.</summary>
    public static IServiceCollection AddWebTorrent(this IServiceCollection services)
    {
        services.AddCheckedOptions<WebTorrentOptions>("WebTorrent");
        return services
            .AddSingleton<Swarms>()
            .AddSingleton<ITopicKind>(provider => provider.GetRequiredService<Swarms>());
    }

    /// <summary>Maps <c>/announce</c>: what WebTorrent, bittorrent-tracker and Trystero are given as the URL of a tracker.</summary>
    public static void MapWebTorrent(this WebApplication app)
    {
        if (!app.Services.IsOn<WebTorrentOptions>(options => options.Enabled)) return;
        var options = app.Services.GetRequiredService<IOptions<WebTorrentOptions>>().Value;
        var burst = app.Services.GetRequiredService<IOptions<LimitsOptions>>().Value.Burst;
        var telemetry = app.Services.GetRequiredService<RelayTelemetry>();
        var swarms = app.Services.GetRequiredService<Swarms>();
        app.MapSession("/announce", _ => new Call(Name, Name, (rate, pass) => new WebTorrentProtocol(swarms, options, telemetry, rate, burst, pass)));
    }
}
