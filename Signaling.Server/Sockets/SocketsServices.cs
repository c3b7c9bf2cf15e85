using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Options;
using Signaling.Server.Hosting;
using Signaling.Server.Relay;
using Signaling.Server.Sockets.Wire;
using Signaling.Server.Sockets.Wire.Epoll;

namespace Signaling.Server.Sockets;

/// <summary>The door of this folder.</summary>
public static class SocketsServices
{
    /// <summary>Adds what carries WebSocket sessions, and its options <c>Limits</c>, <c>KeepAlive</c> and <c>Drain</c>.</summary>
    public static IServiceCollection AddSockets(this IServiceCollection services)
    {
        services.AddLimits();
        services.AddCheckedOptions<KeepAliveOptions>("KeepAlive");
        services.AddDrain();
        services.AddWires();
        return services
            .AddSingleton(TimeProvider.System)
            .AddSingleton<SubprotocolChoice>()
            .AddSingleton<Admission>()
            .AddSingleton<RoomEndpoint>()
            .AddSingleton<Connections>()
            .AddHostedService(provider => provider.GetRequiredService<Connections>());
    }

    private static void AddLimits(this IServiceCollection services)
    {
        services.AddCheckedOptions<LimitsOptions>("Limits");
        services.AddSingleton<ConnectionLimits>();
        services.AddSingleton(provider =>
        {
            var limits = provider.GetRequiredService<IOptions<LimitsOptions>>().Value;
            return new RoomLimits(limits.PeersPerRoom, limits.Rooms);
        });
        services.AddOptions<KestrelServerOptions>().Configure<IOptions<LimitsOptions>>((kestrel, limits) =>
            RequestLimits.Set(kestrel.Limits, limits.Value.UpgradeTimeout));
    }

    private static void AddDrain(this IServiceCollection services)
    {
        // Who works on the server does not want to wait for it.
        services.AddOptions<DrainOptions>().Configure<IHostEnvironment>((drain, environment) =>
        {
            if (environment.IsDevelopment()) drain.Period = TimeSpan.Zero;
        });
        services.AddCheckedOptions<DrainOptions>("Drain");
        services.AddOptions<HostOptions>().Configure<IOptions<DrainOptions>>((host, drain) => host.ShutdownTimeout += drain.Value.Period);
        services.AddSingleton(Random.Shared);
        services.AddSingleton<Drain>().AddHostedService(provider => provider.GetRequiredService<Drain>());
        services.AddHealthChecks().AddCheck<Drain>("drain");
    }

    private static void AddWires(this IServiceCollection services)
    {
        services.AddSingleton<Wires>().AddSingleton<WireChoice>().AddHostedService<WireCheck>();
        services.AddSingleton<Loops>().AddHostedService(provider => provider.GetRequiredService<Loops>());
        services.AddSingleton(provider => new Heartbeats(TimeProvider.System, provider.GetRequiredService<ILogger<Heartbeats>>()));
        services.AddOptions<KestrelServerOptions>().Configure<Heartbeats>((kestrel, heartbeats) =>
            kestrel.ConfigureEndpointDefaults(endpoint => endpoint.Use(next => connection => heartbeats.ServeAsync(connection, next))));
        // Kestrel takes the last one that can bind an address.
        services.AddSingleton<IConnectionListenerFactory, EpollTransport>();
    }

    /// <summary>Maps a path whose clients all speak the same.</summary>
    /// <param name="app">The application.</param>
    /// <param name="path">The path.</param>
    /// <param name="call">What a request asks for.</param>
    /// <param name="token">Where else its token may stand.</param>
    internal static void MapSession(this IEndpointRouteBuilder app, string path, Func<HttpContext, Call> call, Func<HttpRequest, string?>? token = null)
    {
        var admission = app.ServiceProvider.GetRequiredService<Admission>();
        app.MapMethods(path, Handshake.Methods, (Delegate)((HttpContext context) => admission.ServeAsync(context, () => (call(context), null), token?.Invoke(context.Request))));
    }

    /// <summary>Maps <c>POST /drain</c>, where tokens are on.</summary>
    public static void MapDrain(this IEndpointRouteBuilder app) => DrainEndpoint.Map(app);

    /// <summary>Maps the lobby at <c>/</c> and the rooms at <c>/room/{room}</c>.</summary>
    /// <param name="app">The application.</param>
    /// <param name="landing">What a browser gets that opens <c>/</c> as a page.</param>
    public static void MapRooms(this IEndpointRouteBuilder app, Func<HttpContext, IResult> landing)
    {
        var rooms = app.ServiceProvider.GetRequiredService<RoomEndpoint>();
        app.MapMethods("/", Handshake.Methods, async (HttpContext context) =>
            Handshake.IsAskedFor(context) ? await rooms.ServeAsync(context, RoomName.Lobby) : landing(context));
        app.MapMethods("/room/{**room}", Handshake.Methods, (HttpContext context, string? room) =>
            rooms.ServeAsync(context, room ?? ""));
    }
}
