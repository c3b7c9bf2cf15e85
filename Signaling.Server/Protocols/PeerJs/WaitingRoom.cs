using Signaling.Server.Relay;

namespace Signaling.Server.Protocols.PeerJs;

/// <summary>Messages for those who are not there, for a while. Not thread-safe: it is the realm's, under its lock.</summary>
/// <param name="options">How much, and how long.</param>
/// <param name="time">The clock.</param>
internal sealed class WaitingRoom(PeerJsOptions options, TimeProvider time)
{
    // What a queue takes besides its frames, about.
    private const int Overhead = 256;

    private readonly Dictionary<string, Queue> _queues = new(StringComparer.Ordinal);
    private int _bytes;

    /// <summary>Keeps a message; false when there is no room for it.</summary>
    public bool TryKeep(string absent, string sender, Frame frame)
    {
        var known = _queues.TryGetValue(absent, out var queue);
        var cost = frame.Length + Overhead;
        if ((queue?.Bytes ?? 0) + cost > options.WaitingBytes || _bytes + cost > options.WaitingBytesInAll) return false;
        if (!known) _queues[absent] = queue = new Queue { Since = time.GetTimestamp() };
        queue!.Messages.Add((sender, frame));
        queue.Bytes += cost;
        _bytes += cost;
        return true;
    }

    /// <summary>Whether something waits for somebody.</summary>
    public bool Has(string absent) => _queues.ContainsKey(absent);

    /// <summary>What waits for somebody who has come, in order.</summary>
    public IEnumerable<Frame> Take(string id)
    {
        if (!_queues.Remove(id, out var queue)) return [];
        _bytes -= queue.Bytes;
        return queue.Messages.Select(message => message.Frame);
    }

    /// <summary>Removes what has waited too long; for each absent one and each of those who wrote to it, once.</summary>
    public List<(string Absent, string Sender)> Expire()
    {
        var expired = new List<(string, string)>();
        foreach (var (absent, queue) in _queues)
        {
            // From its first message on, as in the original.
            if (time.GetElapsedTime(queue.Since) < options.ExpireTimeout) continue;
            _queues.Remove(absent);
            _bytes -= queue.Bytes;
            expired.AddRange(queue.Messages.Select(message => message.Sender).Distinct().Select(sender => (absent, sender)));
        }
        return expired;
    }

    private sealed class Queue
    {
        public List<(string Sender, Frame Frame)> Messages { get; } = [];

        public long Since { get; init; }

        public int Bytes { get; set; }
    }
}
