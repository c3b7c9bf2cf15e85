using Signaling.Server.Hosting;

namespace Signaling.Server.Inspector;

/// <summary>The door of this folder.</summary>
public static class InspectorServices
{
    /// <summary>Adds what watches rooms, and its options <c>Inspector</c>.</summary>
    public static IServiceCollection AddInspector(this IServiceCollection services)
    {
        services.AddCheckedOptions<InspectorOptions>("Inspector");
        return services
            .AddSingleton<InspectorGate>()
            .AddSingleton<Watches>()
            .AddSingleton<RoomsList>()
            .AddSingleton<InspectorEndpoint>();
    }

    /// <summary>Maps the page at <c>/inspector</c>, and what it reads: <c>/inspector/rooms</c> and <c>/inspector/rooms/{room}</c>.</summary>
    public static void MapInspector(this IEndpointRouteBuilder app)
    {
        var gate = app.ServiceProvider.GetRequiredService<InspectorGate>();
        var inspector = app.MapGroup("/inspector").AddEndpointFilter(gate.ThereAsync);
        InspectorPage.Map(inspector);
        var rooms = inspector.MapGroup("/rooms").AddEndpointFilter(gate.AllowedAsync);
        rooms.MapGet("", (HttpContext context, InspectorEndpoint endpoint) => endpoint.RoomsAsync(context));
        rooms.MapGet("/{**room}", (HttpContext context, string room, InspectorEndpoint endpoint) => endpoint.RoomAsync(context, room));
    }
}
