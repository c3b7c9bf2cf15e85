namespace Signaling.Server.Relay;

/// <summary>The door of this folder.</summary>
public static class RelayServices
{
    /// <summary>Adds the rooms and what they tell about themselves.</summary>
    public static IServiceCollection AddRelay(this IServiceCollection services) => services
        .AddSingleton<RelayTelemetry>()
        .AddSingleton<Rooms>();
}
