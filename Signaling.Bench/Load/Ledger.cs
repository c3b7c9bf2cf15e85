namespace Signaling.Bench.Load;

/// <summary>What each receiver got of each sender of its room: all of it, once, in order, or what was wrong.</summary>
internal sealed class Ledger
{
    private readonly int[][] _next; // by receiver, then by the sender's place in the room: the number to come
    private readonly HashSet<(int Receiver, Stamp Stamp)> _missing = [];
    private readonly int _roomSize;

    public Ledger(int lines, int roomSize)
    {
        _roomSize = roomSize;
        _next = [.. Enumerable.Range(0, lines).Select(_ => new int[roomSize])];
    }

    public long Expected { get; private set; }

    public long Received { get; private set; }

    public long Duplicates { get; private set; }

    public long Reordered { get; private set; }

    /// <summary>What came to a room that it was not for.</summary>
    public long Strayed { get; private set; }

    public long Lost => Expected - Received;

    public void Sent(int receivers) => Expected += receivers;

    public void Got(int receiver, Stamp stamp)
    {
        if (receiver / _roomSize != stamp.Sender / _roomSize || receiver == stamp.Sender)
        {
            Strayed++;
            return;
        }
        ref var next = ref _next[receiver][stamp.Sender % _roomSize];
        if (stamp.Number == next)
        {
            next++;
            Received++;
        }
        else if (stamp.Number > next)
        {
            while (next < stamp.Number) _missing.Add((receiver, stamp with { Number = next++ }));
            next++;
            Received++;
        }
        else if (_missing.Remove((receiver, stamp)))
        {
            Reordered++;
            Received++;
        }
        else
        {
            Duplicates++;
        }
    }
}
