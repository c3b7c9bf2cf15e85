using Signaling.Server.Hosting;
using Signaling.Server.Relay;

namespace Signaling.Server.Access;

/// <summary>The door of this folder.</summary>
public static class AccessServices
{
    /// <summary>Adds who may connect, and its options <c>Access</c>.</summary>
    public static IServiceCollection AddAccess(this IServiceCollection services)
    {
        services.AddCheckedOptions<AccessOptions>("Access");
        services.AddOptions<AccessOptions>().Configure<IConfiguration>((access, settings) => access.DemoUrl = settings["Landing:DemoUrl"]);
        services.AddSingleton<Origins>();
        services.AddSingleton<BearerSettings>().AddSingleton<Tokens>().AddSingleton<FailedTries>();
        services.AddSingleton(provider => new Gate(provider.GetRequiredService<Tokens>(), provider.GetRequiredService<FailedTries>(), provider.GetRequiredService<RelayTelemetry>()));
        services.AddSingleton<IHttpContextFactory, HidingContextFactory>();
        services.AddCors();
        services.AddHostedService<OpenDoorWarning>();
        return services;
    }

    /// <summary>Lets pages of the same origins read the answers of HTTP endpoints.</summary>
    public static void UseAccess(this WebApplication app)
    {
        var origins = app.Services.GetRequiredService<Origins>();
        app.UseCors(policy => policy.SetIsOriginAllowed(origins.Allows).WithMethods(HttpMethods.Get).AllowAnyHeader());
    }
}
