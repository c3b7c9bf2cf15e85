using Microsoft.Extensions.Options;
using Signaling.Server.Hosting;

namespace Signaling.Server.Access;

/// <summary>Bad tokens of late, by address: who goes on sending them is not listened to for a while.</summary>
internal sealed class FailedTries(IOptions<AccessOptions> options, TimeProvider time)
{
    // Of more addresses than that at once only these are remembered: memory is bounded, and so is what it costs to forget.
    private const int MaxAddresses = 10_000;

    private readonly Lock _lock = new();
    private readonly Dictionary<ClientAddress, (double Tries, long Since)> _tries = [];

    private int PerMinute => options.Value.FailuresPerMinute;

    /// <summary>Whether there were too many from there.</summary>
    public bool AreTooMany(ClientAddress address)
    {
        if (PerMinute == 0) return false;
        lock (_lock) return _tries.Count > 0 && Of(address) > PerMinute - 1;
    }

    /// <summary>Another one.</summary>
    public void Add(ClientAddress address)
    {
        if (PerMinute == 0) return;
        lock (_lock)
        {
            var tries = Of(address) + 1;
            if (_tries.Count >= MaxAddresses && !_tries.ContainsKey(address)) Forget();
            if (_tries.Count < MaxAddresses || _tries.ContainsKey(address)) _tries[address] = (tries, time.GetTimestamp());
        }
    }

    // As a bucket that runs dry in a minute.
    private double Of(ClientAddress address) =>
        _tries.TryGetValue(address, out var one) ? Math.Max(0, one.Tries - time.GetElapsedTime(one.Since).TotalMinutes * PerMinute) : 0;

    private void Forget()
    {
        foreach (var address in _tries.Keys.Where(address => Of(address) == 0).ToArray()) _tries.Remove(address);
    }
}
