using Signaling.Server.Hosting;
using Signaling.Server.Relay;

namespace Signaling.Server.Backplane;

/// <summary>The door of this folder.</summary>
public static class BackplaneServices
{
    /// <summary>Has rooms reach over all servers that use the same Redis, where <c>ConnectionStrings:redis</c> names one; without it nothing is added. Options: <c>Backplane</c>.</summary>
    public static void AddBackplane(this IHostApplicationBuilder builder)
    {
        if (string.IsNullOrWhiteSpace(builder.Configuration.GetConnectionString(Redis.ConnectionName))) return;
        var services = builder.Services;
        services.AddCheckedOptions<BackplaneOptions>("Backplane");
        services
            .AddSingleton(ServerId.New())
            .AddSingleton<Redis>()
            .AddSingleton<Servers>()
            .AddSingleton<Outgoing>()
            .AddSingleton<BackplaneTelemetry>()
            .AddSingleton<Topics>()
            .AddSingleton<IBackplane>(provider => provider.GetRequiredService<Topics>())
            .AddSingleton<Upkeep>()
            .AddHostedService(provider => provider.GetRequiredService<Upkeep>());
        services.AddHealthChecks().AddCheck<BackplaneHealth>("backplane");
    }
}
