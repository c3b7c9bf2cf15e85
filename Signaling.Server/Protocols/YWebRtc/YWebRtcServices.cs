using Signaling.Server.Hosting;
using Signaling.Server.Relay;
using Signaling.Server.Sockets;

namespace Signaling.Server.Protocols.YWebRtc;

/// <summary>The door of this folder.</summary>
public static class YWebRtcServices
{
    internal const string Name = "y-webrtc";

    /// <summary>Adds the options <c>YWebRtc</c>, and topics that reach over several servers.</summary>
    public static IServiceCollection AddYWebRtc(this IServiceCollection services)
    {
        services.AddCheckedOptions<YWebRtcOptions>("YWebRtc");
        return services
            .AddSingleton<YWebRtcTopics>()
            .AddSingleton<ITopicKind>(provider => provider.GetRequiredService<YWebRtcTopics>());
    }

    /// <summary>Maps <c>/y-webrtc</c>, what y-webrtc is given as <c>signaling</c>.</summary>
    public static void MapYWebRtc(this WebApplication app)
    {
        if (!app.Services.IsOn<YWebRtcOptions>(options => options.Enabled)) return;
        var rooms = app.Services.GetRequiredService<Rooms>();
        var topics = app.Services.GetRequiredService<YWebRtcTopics>();
        var telemetry = app.Services.GetRequiredService<RelayTelemetry>();
        app.MapSession("/y-webrtc", _ => new Call(Name, Name, (rate, pass) => new YWebRtcProtocol(rooms, topics, telemetry, rate, pass)));
    }
}
