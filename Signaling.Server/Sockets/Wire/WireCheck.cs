using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Signaling.Server.Hosting;

namespace Signaling.Server.Sockets.Wire;

/// <summary>Says at the start which connections cannot have the socket wire, and why; or stops it, where that wire is demanded.</summary>
internal sealed class WireCheck(WireChoice choice, IServer server, ILogger<WireCheck> log) : IHostedLifecycleService
{
    public Task StartingAsync(CancellationToken cancellationToken)
    {
        if (choice is { MayBeSocket: true, Obstacle: { } obstacle }) Tell("all connections", obstacle);
        return Task.CompletedTask;
    }

    public Task StartedAsync(CancellationToken cancellationToken)
    {
        var encrypted = server.Features.Get<IServerAddressesFeature>()?.Addresses.Where(address => address.StartsWith("https:", StringComparison.OrdinalIgnoreCase)).ToArray() ?? [];
        if (choice.TakesSockets && encrypted.Length > 0) Tell($"connections to {string.Join(", ", encrypted)}", "they are encrypted in this process");
        return Task.CompletedTask;
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private void Tell(string connections, string why)
    {
        if (choice.MustBeSocket) throw new StartException($"Server:Wire is socket, which {connections} cannot have: {why}. auto takes the stream for them.");
        log.TakesTheStream(connections, why);
    }
}
