using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace Signaling.Server.Backplane;

/// <summary>
/// Who lives. Each server counts a number up, and looks at those of the others: one that stands still for a lease, by the
/// clock of the one who looks, is dead. No clocks are compared; while Redis cannot be asked, nobody dies.
/// </summary>
internal sealed class Servers(Redis redis, IOptions<BackplaneOptions> options, ServerId self, TimeProvider time)
{
    // A look each fifth of this: death is noticed within the lease, a look's time after its last sign of life included.
    private const double Patience = 0.8;
    private const int LooksAtLeast = 3;

    private readonly Lock _lock = new();
    private readonly Dictionary<ServerId, Sign> _known = [];
    private long _own;

    /// <summary>The time between two looks.</summary>
    public TimeSpan Period => options.Value.Lease / 5;

    public bool IsAlive(ServerId server)
    {
        lock (_lock) return _known.ContainsKey(server);
    }

    /// <summary>A server has said something.</summary>
    public void Heard(ServerId server)
    {
        lock (_lock)
        {
            if (!_known.ContainsKey(server)) _known[server] = new Sign(0, time.GetTimestamp(), 0);
        }
    }

    /// <summary>Members of these servers were found: each is looked for, if it is not known.</summary>
    public async Task MeetAsync(IEnumerable<ServerId> servers)
    {
        ServerId[] unknown;
        lock (_lock) unknown = [.. servers.Distinct().Where(server => server != self && !_known.ContainsKey(server))];
        if (unknown.Length == 0) return;
        var numbers = await redis.Database.HashGetAsync(redis.Keys.Servers, [.. unknown.Select(server => (RedisValue)server.ToArray())]);
        lock (_lock)
        {
            foreach (var (server, number) in unknown.Zip(numbers))
                if (!number.IsNull && number.TryParse(out long value)) _known.TryAdd(server, new Sign(value, time.GetTimestamp(), 0));
        }
    }

    /// <summary>Counts up, and looks at the others.</summary>
    /// <returns>Who has died, and whether this server was given up itself.</returns>
    public async Task<(HashSet<ServerId> Gone, bool GivenUp)> LookAsync()
    {
        var counting = redis.Database.HashIncrementAsync(redis.Keys.Servers, self.ToArray());
        var looking = redis.Database.HashGetAllAsync(redis.Keys.Servers);
        var own = await counting;
        // It only grows, unless others have removed it, or Redis has lost what it kept.
        var givenUp = own <= _own;
        _own = own;
        return (Compare(await looking), givenUp);
    }

    /// <summary>Nobody was looked at for a while: all have a new lease.</summary>
    public void Renew()
    {
        lock (_lock)
        {
            foreach (var (server, sign) in _known) _known[server] = sign with { Since = time.GetTimestamp(), Looks = 0 };
        }
    }

    private HashSet<ServerId> Compare(HashEntry[] entries)
    {
        var numbers = new Dictionary<ServerId, long>();
        foreach (var entry in entries)
        {
            var name = (ReadOnlyMemory<byte>)entry.Name;
            if (name.Length == ServerId.Bytes && entry.Value.TryParse(out long number)) numbers[ServerId.Read(name.Span)] = number;
        }
        numbers.Remove(self);
        var gone = new HashSet<ServerId>();
        lock (_lock)
        {
            foreach (var (server, number) in numbers) _known.TryAdd(server, new Sign(number, time.GetTimestamp(), 0));
            foreach (var (server, sign) in _known.ToArray())
            {
                if (numbers.TryGetValue(server, out var number) && number != sign.Number) _known[server] = new Sign(number, time.GetTimestamp(), 0);
                else if (sign.Looks + 1 < LooksAtLeast || time.GetElapsedTime(sign.Since) < options.Value.Lease * Patience) _known[server] = sign with { Looks = sign.Looks + 1 };
                else
                {
                    _known.Remove(server);
                    gone.Add(server);
                    _ = redis.Database.ScriptEvaluateAsync(Scripts.Forget, [redis.Keys.Servers], [server.ToArray(), sign.Number], CommandFlags.FireAndForget);
                }
            }
        }
        return gone;
    }

    private readonly record struct Sign(long Number, long Since, int Looks);
}
