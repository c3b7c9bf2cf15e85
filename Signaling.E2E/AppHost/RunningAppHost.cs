namespace Signaling.E2E.AppHost;

/// <summary>One AppHost for the tests that only look.</summary>
public sealed class RunningAppHost : IAsyncLifetime
{
    internal AppHostRun Run { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Run = await AppHostRun.UpAsync();

    public async ValueTask DisposeAsync() => await (Run?.DisposeAsync() ?? default);
}
