using Signaling.Server.Tests.Harness;

namespace Signaling.Server.Tests.Backplane;

/// <summary>Conversations between clients of different servers, which meet in a real Redis.</summary>
public abstract class BackplaneTest : IAsyncLifetime
{
    private readonly List<TestRelay> _relays = [];
    private RedisServer? _redis;

    internal RedisServer Redis => _redis!;

    public virtual async ValueTask InitializeAsync()
    {
        Assert.SkipWhen(RedisServer.Find() is null, "There is no redis-server on the PATH: install redis-server.");
        _redis = await RedisServer.StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var relay in _relays) await relay.DisposeAsync();
        _redis?.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>One more server beside the others.</summary>
    internal async Task<TestRelay> StartRelayAsync(params (string Setting, string Value)[] settings)
    {
        var relay = await TestRelay.StartAsync([("ConnectionStrings:redis", Redis.ConnectionString), .. settings]);
        _relays.Add(relay);
        return relay;
    }
}
