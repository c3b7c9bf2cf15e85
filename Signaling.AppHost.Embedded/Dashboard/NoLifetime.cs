using Microsoft.Extensions.Hosting;

namespace Signaling.AppHost.Embedded.Dashboard;

/// <summary>The dashboard ends when the host ends it: signals are not its concern.</summary>
internal sealed class NoLifetime : IHostLifetime
{
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
