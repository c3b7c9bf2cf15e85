using Signaling.Server.Tests.Harness;

namespace Signaling.Server.Tests.Backplane;

/// <summary>Conversations between clients of different servers, which meet in a real Redis.</summary>
public abstract class BackplaneTest : IAsyncLifetime
{
    private readonly List<TestRelay> _relays = [];
    private RedisServer? _redis;

    internal RedisServer Redis => _redis!;

    /// <summary>As on the command line of the Redis.</summary>
    protected virtual string[] RedisOptions => [];

    public virtual async ValueTask InitializeAsync()
    {
        Assert.SkipWhen(RedisServer.Find() is null, "There is no redis-server on the PATH: install redis-server.");
        _redis = await StartRedisAsync();
    }

    public virtual async ValueTask DisposeAsync()
    {
        foreach (var relay in _relays) await relay.DisposeAsync();
        _redis?.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>The Redis of this test.</summary>
    private protected virtual Task<RedisServer> StartRedisAsync() => RedisServer.StartAsync(() => RedisOptions);

    /// <summary>One more server beside the others.</summary>
    internal async Task<TestRelay> StartRelayAsync(params (string Setting, string Value)[] settings)
    {
        // A busy machine is no fault of Redis: where a test is not about that, everybody waits.
        var relay = await TestRelay.StartAsync([("ConnectionStrings:redis", $"{Redis.ConnectionString},asyncTimeout=30000"), ("Backplane:Patience", "00:00:30"), ("KeepAlive:Interval", "01:00:00"), .. settings]);
        _relays.Add(relay);
        return relay;
    }

    /// <summary>Waits until the server says so of itself.</summary>
    internal static async Task HealthIsAsync(TestRelay relay, string health)
    {
        using var watchdog = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        watchdog.CancelAfter(TimeSpan.FromSeconds(60));
        while (await relay.Http.GetStringAsync("/health", watchdog.Token) != health)
        {
        }
    }

    /// <summary>Alice, here, and Bob, there, know of each other, and she hears him.</summary>
    internal static async Task<(Member Alice, Member Bob)> MeetAsync(TestRelay here, TestRelay there)
    {
        var alice = await here.EnterAsync("demo");
        var bob = await there.EnterAsync("demo");
        Assert.Equal([alice.Id], bob.Roster);
        await alice.NextAsync("join");
        await bob.SayAsync("""{"data":1}""");
        await alice.HearsAsync($$"""{"from":"{{bob.Id}}","data":1}""");
        return (alice, bob);
    }

    /// <summary>Waits until Redis answers so.</summary>
    internal async Task AnswerIsAsync(string answer, params string[] words)
    {
        using var watchdog = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        watchdog.CancelAfter(TimeSpan.FromSeconds(60));
        while (await Redis.AskAsync(words) != answer) watchdog.Token.ThrowIfCancellationRequested();
    }

    /// <summary>Lets time pass on a server, look by look, until something has come of it.</summary>
    internal static async Task PassAsync(TestRelay relay, Task until)
    {
        using var watchdog = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        watchdog.CancelAfter(TimeSpan.FromSeconds(60));
        while (!until.IsCompleted)
        {
            relay.Time.Advance(TimeSpan.FromSeconds(3));
            await relay.Http.GetAsync("/alive", watchdog.Token);
        }
        await until;
    }
}
