using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Signaling.Server.Access;
using Signaling.Server.Hosting;

namespace Signaling.Server.Ice;

/// <summary>The door of this folder.</summary>
public static class IceServices
{
    /// <summary>Adds the list of ICE servers, and its options <c>Ice</c>.</summary>
    public static IServiceCollection AddIce(this IServiceCollection services)
    {
        services.AddCheckedOptions<IceOptions>("Ice");
        services.AddOptions<IceOptions>().Validate<IHostEnvironment, Gate>(
            static (ice, environment, gate) => ice.TurnSecret.Length == 0 || ice.Anonymous || gate.IsClosed || !environment.IsProduction(),
            "Ice:TurnSecret hands TURN credentials to everybody who connects: ask for tokens (Access:Key, Access:Authority), or say by Ice:Anonymous=true that it is meant.");
        return services.AddSingleton<IceServers>();
    }

    /// <summary>Maps <c>GET /ice</c>: for clients that ask before they connect, or speak raw mode.</summary>
    public static void MapIce(this IEndpointRouteBuilder app) => app.MapGet("/ice", Answer).NeedsToken();

    private static IResult Answer(HttpContext context, IceServers servers)
    {
        // A credential is for one client and for now.
        context.Response.Headers.CacheControl = "no-store";
        var id = Grant.Of(context).Sub ?? Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(16));
        var json = $$"""{"iceServers":{{Encoding.UTF8.GetString(servers.ToJson(id))}},"ttl":{{(long)servers.Lifetime.TotalSeconds}}}""";
        return Results.Text(json, "application/json");
    }
}
