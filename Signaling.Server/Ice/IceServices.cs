using Signaling.Server.Hosting;

namespace Signaling.Server.Ice;

/// <summary>The door of this folder.</summary>
public static class IceServices
{
    /// <summary>Adds the list of ICE servers, and its options <c>Ice</c>.</summary>
    public static IServiceCollection AddIce(this IServiceCollection services)
    {
        services.AddCheckedOptions<IceOptions>("Ice");
        return services.AddSingleton<IceServers>();
    }
}
