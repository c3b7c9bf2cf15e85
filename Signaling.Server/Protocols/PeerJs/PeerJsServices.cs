using System.Text.Json;
using Microsoft.Extensions.Options;
using Signaling.Server.Access;
using Signaling.Server.Hosting;
using Signaling.Server.Relay;
using Signaling.Server.Sockets;

namespace Signaling.Server.Protocols.PeerJs;

/// <summary>The door of this folder.</summary>
public static class PeerJsServices
{
    internal const string Name = "peerjs";

    /// <summary>Adds the options <c>PeerJs</c> and the realm of all ids.</summary>
    public static IServiceCollection AddPeerJs(this IServiceCollection services)
    {
        services.AddCheckedOptions<PeerJsOptions>("PeerJs");
        return services
            .AddSingleton<PeerJsRealm>()
            .AddSingleton<ITopicKind>(provider => provider.GetRequiredService<PeerJsRealm>());
    }

    /// <summary>Maps what PeerJS finds with <c>path: '/peerjs'</c>: ids, the list of peers, and the WebSocket.</summary>
    public static void MapPeerJs(this WebApplication app)
    {
        if (!app.Services.IsOn<PeerJsOptions>(options => options.Enabled)) return;
        var options = app.Services.GetRequiredService<IOptions<PeerJsOptions>>().Value;
        var time = app.Services.GetRequiredService<TimeProvider>();
        var realm = app.Services.GetRequiredService<PeerJsRealm>();

        app.MapGet("/peerjs", () => Results.Text("""{"name":"Signaling","description":"A signaling server that PeerJS can use."}""", "application/json"));
        // No key is asked for here, and nothing is reserved: as in the original.
        app.MapGet("/peerjs/{key}/id", () => Results.Text(Guid.NewGuid().ToString(), "text/html"));
        app.MapGet("/peerjs/{key}/peers", async (string key) => options.Discovery && key == options.Key
            ? Results.Text(JsonSerializer.Serialize(await realm.IdsAsync()), "application/json")
            : Results.Text("Unauthorized", "text/plain", statusCode: StatusCodes.Status401Unauthorized)).NeedsToken();
        app.MapSession(
            "/peerjs/peerjs",
            context => new Call(Name, Name, (rate, pass) => new PeerJsProtocol(realm, options, context.Request.Query, rate, pass, time)),
            token: request => request.Query["token"]);
    }
}
