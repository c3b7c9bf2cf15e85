using Signaling.Server.Hosting;

namespace Signaling.Server.Sockets;

/// <summary>The door of this folder.</summary>
public static class SocketsServices
{
    /// <summary>Adds what carries WebSocket sessions, and its options <c>Limits</c> and <c>KeepAlive</c>.</summary>
    public static IServiceCollection AddSockets(this IServiceCollection services)
    {
        services.AddCheckedOptions<LimitsOptions>("Limits");
        services.AddCheckedOptions<KeepAliveOptions>("KeepAlive");
        return services
            .AddSingleton(TimeProvider.System)
            .AddSingleton<SubprotocolChoice>()
            .AddSingleton<RoomEndpoint>()
            .AddSingleton<Connections>()
            .AddHostedService(provider => provider.GetRequiredService<Connections>());
    }

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
