using Microsoft.Extensions.Options;

namespace Signaling.Server.Backplane;

/// <summary>
/// What this server has for the others. One loop: what gathered in all topics while Redis was busy with the last goes out
/// in one go, each topic's in its order. Bounded in bytes.
/// </summary>
internal sealed class Outgoing(IOptions<BackplaneOptions> options) : IDisposable
{
    private readonly Lock _lock = new();
    private readonly SemaphoreSlim _work = new(0, 1);
    private List<Topic> _waiting = [];
    private List<Topic> _next = [];
    private long _bytes;

    /// <summary>Bytes that wait.</summary>
    public long Bytes => Volatile.Read(ref _bytes);

    /// <summary>Whether there is room for so much, which then counts.</summary>
    public bool TryReserve(int bytes)
    {
        if (Interlocked.Add(ref _bytes, bytes) <= options.Value.QueueBytes) return true;
        Interlocked.Add(ref _bytes, -bytes);
        return false;
    }

    public void Release(int bytes) => Interlocked.Add(ref _bytes, -bytes);

    /// <summary>A topic has something, and had nothing before.</summary>
    public void Add(Topic topic)
    {
        lock (_lock)
        {
            _waiting.Add(topic);
            if (_waiting.Count > 1) return;
        }
        Wake();
    }

    /// <summary>Takes out what waits, while Redis can be had.</summary>
    /// <param name="canSend">Whether it can.</param>
    /// <param name="token">Ends it.</param>
    public async Task RunAsync(Func<bool> canSend, CancellationToken token)
    {
        while (true)
        {
            await _work.WaitAsync(token);
            if (canSend()) await SendAsync();
            lock (_lock)
            {
                if (_waiting.Count == 0 || !canSend()) continue;
            }
            Wake();
        }
    }

    /// <summary>Redis can be had again.</summary>
    public void Wake()
    {
        lock (_lock)
        {
            if (_work.CurrentCount == 0) _work.Release();
        }
    }

    public void Dispose() => _work.Dispose();

    /// <summary>Sends what waits now.</summary>
    public async Task SendAsync()
    {
        List<Topic> topics;
        lock (_lock)
        {
            topics = _waiting;
            (_waiting, _next) = (_next, topics);
        }
        var sent = new List<Task>(topics.Count);
        foreach (var topic in topics) sent.Add(topic.SendAsync());
        topics.Clear();
        await Task.WhenAll(sent);
    }
}
