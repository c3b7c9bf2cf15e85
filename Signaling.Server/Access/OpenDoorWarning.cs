namespace Signaling.Server.Access;

/// <summary>Says at the start in Production what is open to everybody, and by which setting that ends.</summary>
internal sealed class OpenDoorWarning(Origins origins, Gate gate, IHostEnvironment environment, ILogger<OpenDoorWarning> log) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (environment.IsProduction() && origins.IsUnset) log.AnyOrigin();
        if (environment.IsProduction() && !gate.IsClosed) log.NoTokens();
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
