namespace Signaling.Server.Sockets.Wire.Epoll;

/// <summary>The loops of this server, one for each core. Whoever talks to each other is on the same one.</summary>
internal sealed class Loops : IHostedService, IDisposable
{
    private readonly Lazy<Loop[]> _all;
    private int _next;

    public Loops(ILogger<Loops> log) =>
        _all = new(() => [.. Enumerable.Range(0, Environment.ProcessorCount).Select(i => new Loop($"loop {i}", log))]);

    /// <summary>The loop of a room.</summary>
    public Loop Of(string key) => _all.Value[(uint)key.GetHashCode(StringComparison.Ordinal) % (uint)_all.Value.Length];

    /// <summary>A loop for somebody of whom nothing is known yet: each in turn.</summary>
    public Loop Next() => _all.Value[(uint)Interlocked.Increment(ref _next) % (uint)_all.Value.Length];

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    // After Kestrel, which is the last to start: what is left are connections that it knows nothing of.
    public Task StopAsync(CancellationToken cancellationToken)
    {
        Dispose();
        return Task.CompletedTask;
    }

    public void Dispose()
    {
        if (!_all.IsValueCreated) return;
        foreach (var loop in _all.Value) loop.Stop();
    }
}
