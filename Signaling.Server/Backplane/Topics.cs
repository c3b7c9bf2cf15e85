using Microsoft.Extensions.Options;
using Signaling.Server.Relay;
using Signaling.Server.Sockets;
using StackExchange.Redis;

namespace Signaling.Server.Backplane;

/// <summary>The topics that somebody here has open, and whether the others can be heard in them.</summary>
internal sealed partial class Topics(
    Redis redis,
    Servers servers,
    Outgoing outgoing,
    BackplaneTelemetry telemetry,
    IOptions<BackplaneOptions> options,
    IOptions<LimitsOptions> limits,
    ServerId self,
    TimeProvider time,
    IServiceProvider services,
    ILogger<Topics> log) : IBackplane
{
    /// <summary>What the name begins with under which a server stands among the members of a topic; no id of a client does.</summary>
    public const char MarkOfServers = '\u0001';

    // What protocols put around a message.
    private const int DressBytes = 4096;
    private const int TuneInAtOnce = 64;

    private readonly Dictionary<string, Topic> _topics = new(StringComparer.Ordinal);
    private readonly Lock _lock = new();
    private ITopicKind[]? _kinds;
    private bool _malformed;
    private volatile bool _isUp;

    /// <summary>Something went wrong with Redis: what was said there may not have come here.</summary>
    public event Action<string>? Troubled;

    public Redis Redis => redis;

    public Servers Servers => servers;

    public Outgoing Outgoing => outgoing;

    public BackplaneTelemetry Telemetry => telemetry;

    public BackplaneOptions Options => options.Value;

    public ServerId Self => self;

    /// <summary>The name of this server among the members of a topic.</summary>
    public string Mark { get; } = MarkOfServers + Convert.ToHexStringLower(self.ToArray());

    public TimeProvider Time => time;

    public int MaxFrameBytes => limits.Value.MaxMessageBytes + DressBytes;

    /// <summary>The others are heard. Set by the one who looks after that.</summary>
    public bool IsUp
    {
        get => _isUp;
        set => _isUp = value;
    }

    /// <summary>How many are of this server alone, as their node of a cluster is away.</summary>
    public int Deaf => All().Count(topic => topic.IsDeaf);

    /// <summary>Why Redis refused the last thing that it was asked to keep; null when it did not.</summary>
    public string? Refusal { get; private set; }

    public int Count
    {
        get
        {
            lock (_lock) return _topics.Count;
        }
    }

    public ITopic? Open(string name)
    {
        Topic? topic;
        lock (_lock)
        {
            if (_topics.TryGetValue(name, out topic))
            {
                topic.Users++;
                return topic;
            }
            topic = new Topic(name, this) { Users = 1 };
            // Late, for protocols have rooms, and rooms have this.
            _kinds ??= [.. services.GetServices<ITopicKind>()];
            var listener = _kinds.Select(kind => kind.Listen(name, topic)).FirstOrDefault(one => one is not null);
            if (listener is null) return null;
            topic.Mirror.Begin(topic, listener);
            _topics[name] = topic;
        }
        if (IsUp) _ = BeginAsync(topic);
        else topic.GoOn();
        return topic;
    }

    public void Close(Topic topic)
    {
        lock (_lock)
        {
            if (--topic.Users == 0) topic.IdleSince = time.GetTimestamp();
        }
    }

    /// <summary>After the connection was lost, or before there was one. What was tuned in to.</summary>
    public async Task<Topic[]> TuneInAsync()
    {
        var all = All();
        await Parallel.ForEachAsync(all, new ParallelOptions { MaxDegreeOfParallelism = TuneInAtOnce }, async (topic, _) =>
        {
            try
            {
                await topic.TuneInAsync();
            }
            catch (Exception error) when (TryDeafen(topic, error))
            {
                // The others go on.
            }
        });
        return all;
    }

    /// <summary>When the others know again that this server is here, its peers are told that they may have missed something.</summary>
    public async Task CatchUpAsync(Topic[] all)
    {
        await Quietly(Task.WhenAll(all.Select(topic => topic.Mirror.AwareAsync())).WaitAsync(options.Value.Patience));
        foreach (var topic in all) topic.Mirror.Missed();
    }

    /// <summary>The others are heard again: also in what was opened in the meantime.</summary>
    public void Complete()
    {
        foreach (var topic in All().Where(topic => !topic.Hears && !topic.IsDeaf)) _ = BeginAsync(topic);
    }

    /// <summary>Closes what nobody has open, and takes out whom nobody has heard of. How many of those there were.</summary>
    public int Sweep(HashSet<ServerId> gone)
    {
        // Whatever is refused again will say so.
        Refusal = null;
        foreach (var topic in All())
        {
            if (topic is { IsDeaf: true, IsTuning: false }) _ = BeginAsync(topic);
            topic.TryAgain();
            topic.Renew();
        }
        foreach (var topic in TakeIdle())
        {
            topic.Mirror.End();
            _ = Quietly(topic.TuneOutAsync());
        }
        return All().Sum(topic => topic.Mirror.Sweep(options.Value.Lease, gone));
    }

    /// <summary>A member of a dead server is removed; it may have been taken over meanwhile, and then is not.</summary>
    public Task ClearAsync(Topic topic, string id, ServerId server) => Quietly(redis.RemoveAsync(redis.Keys.Members(topic.Name), id, server));

    private Topic[] All()
    {
        lock (_lock) return [.. _topics.Values];
    }

    private List<Topic> TakeIdle()
    {
        lock (_lock)
        {
            var idle = _topics.Values.Where(topic => topic.Users == 0 && time.GetElapsedTime(topic.IdleSince) >= servers.Period).ToList();
            foreach (var topic in idle)
            {
                topic.Withdraw();
                _topics.Remove(topic.Name);
            }
            return idle;
        }
    }

    private async Task BeginAsync(Topic topic)
    {
        try
        {
            var late = topic.Ready.IsCompleted;
            await topic.TuneInAsync().WaitAsync(options.Value.Patience);
            await Quietly(topic.Mirror.AwareAsync().WaitAsync(options.Value.Patience));
            topic.GoOn();
            if (late) topic.Mirror.Missed();
        }
        catch (Exception error)
        {
            topic.GoOn();
            if (TryDeafen(topic, error)) return;
            Failed(error);
            Troubled?.Invoke("it does not answer in time");
        }
    }

    private static async Task Quietly(Task task)
    {
        try
        {
            await task;
        }
        catch (Exception error) when (error is RedisException or TimeoutException)
        {
            // Somebody else does it, or the next who looks.
        }
    }
}
