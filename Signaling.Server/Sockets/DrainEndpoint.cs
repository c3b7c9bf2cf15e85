using Signaling.Server.Access;

namespace Signaling.Server.Sockets;

/// <summary><c>POST /drain</c>: the order to stop, from somebody whose token allows it. Without tokens a signal has to do.</summary>
internal static class DrainEndpoint
{
    public static void Map(IEndpointRouteBuilder app)
    {
        if (!app.ServiceProvider.GetRequiredService<Gate>().IsClosed) return;
        app.MapPost("/drain", (IHostApplicationLifetime lifetime) =>
        {
            // Given twice it is still the first: only a signal means haste.
            lifetime.StopApplication();
            return TypedResults.Accepted((string?)null);
        }).NeedsToken(Ability.Admin);
    }
}
