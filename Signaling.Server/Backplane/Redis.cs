using Microsoft.Extensions.Options;
using Signaling.Server.Hosting;
using StackExchange.Redis;

namespace Signaling.Server.Backplane;

/// <summary>The connection to Redis, which is looked after by its library: it comes back by itself, with pauses that grow.</summary>
internal sealed class Redis : IAsyncDisposable
{
    /// <summary>Where the connection string stands: <c>ConnectionStrings:redis</c>, as Aspire gives it.</summary>
    public const string ConnectionName = "redis";

    private const int FirstPause = 250;
    private const int LongestPause = 10_000;

    private readonly ConfigurationOptions _options;
    private readonly string _prefix;
    private ConnectionMultiplexer? _connection;

    public Redis(IConfiguration configuration, IOptions<BackplaneOptions> options, ILogger<Redis> log)
    {
        _options = Parse(configuration.GetConnectionString(ConnectionName)!);
        Trust.Apply(_options, options.Value.CertificateAuthority, log);
        _prefix = options.Value.Prefix;
        Keys = new Keys(_prefix, sharded: false);
    }

    /// <summary>A connection has failed: what was subscribed may not have come since.</summary>
    public event Action? Broken;

    public Keys Keys { get; private set; }

    public bool IsConnected => _connection is { IsConnected: true };

    /// <summary>It has several nodes, and one of them can be away while the others are there.</summary>
    public bool IsCluster { get; private set; }

    public IDatabase Database => _connection!.GetDatabase();

    public ISubscriber Subscriber => _connection!.GetSubscriber();

    /// <summary>Begins to connect, once; afterwards only looks what Redis is, and which of several is the primary now.</summary>
    public async Task ConnectAsync()
    {
        if (_connection is null)
        {
            var connection = await ConnectionMultiplexer.ConnectAsync(_options);
            connection.ConnectionFailed += (_, _) => Broken?.Invoke();
            _connection = connection;
        }
        else
        {
            await _connection.ConfigureAsync();
        }
        if (!_connection.IsConnected) throw new TimeoutException();
        IsCluster = _connection.GetServers().Any(server => server.ServerType == ServerType.Cluster);
        Keys = new Keys(_prefix, sharded: IsCluster);
    }

    /// <summary>How a member is kept: see <see cref="Scripts.Put"/>.</summary>
    public Task<RedisResult> PutAsync(RedisKey members, string id, Entry entry, byte[]? insteadOf = null) =>
        Database.ScriptEvaluateAsync(Scripts.Put, [members], [id, entry.ToArray(), (long)Scripts.Keep.TotalMilliseconds, insteadOf ?? []]);

    public Task RemoveAsync(RedisKey members, string id, ServerId server) =>
        Database.ScriptEvaluateAsync(Scripts.Remove, [members], [id, Entry.Owner(server)]);

    public async ValueTask DisposeAsync()
    {
        if (_connection is not null) await _connection.DisposeAsync();
    }

    private static ConfigurationOptions Parse(string text)
    {
        try
        {
            var options = ConfigurationOptions.Parse(text);
            // It starts without Redis, too, and nothing gathers inside the library: what waits, waits where it is bounded.
            options.AbortOnConnectFail = false;
            options.BacklogPolicy = BacklogPolicy.FailFast;
            options.ReconnectRetryPolicy = new ExponentialRetry(FirstPause, LongestPause);
            options.ClientName ??= "signaling";
            return options;
        }
        catch (Exception error) when (error is ArgumentException or FormatException)
        {
            // Without the text: there may be a password in it.
            throw new StartException("ConnectionStrings:redis is not a connection string of StackExchange.Redis, such as redis.example.org:6379,ssl=true,user=…,password=….");
        }
    }
}
