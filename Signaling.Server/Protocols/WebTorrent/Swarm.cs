using Signaling.Server.Relay;

namespace Signaling.Server.Protocols.WebTorrent;

/// <summary>The peers that share something, by the ids that they gave themselves.</summary>
/// <param name="random">Deals the offers.</param>
/// <param name="time">The clock.</param>
internal sealed class Swarm(Random random, TimeProvider time)
{
    private readonly Lock _gate = new();
    private readonly List<Entry> _entries = [];
    private readonly Dictionary<string, Entry> _byId = new(StringComparer.Ordinal);
    private int _seeders;

    /// <summary>How many there are.</summary>
    public SwarmCounts Counts
    {
        get
        {
            lock (_gate) return new SwarmCounts(_seeders, _entries.Count - _seeders);
        }
    }

    /// <summary>Notes that a peer is there; its id belongs to the newest connection that used it.</summary>
    public void Announce(string id, Peer peer, bool isSeeder)
    {
        lock (_gate)
        {
            if (!_byId.TryGetValue(id, out var entry))
            {
                _byId[id] = entry = new Entry(id) { At = _entries.Count };
                _entries.Add(entry);
            }
            if (entry.IsSeeder != isSeeder) _seeders += isSeeder ? 1 : -1;
            (entry.Peer, entry.IsSeeder, entry.Seen) = (peer, isSeeder, time.GetTimestamp());
        }
    }

    /// <summary>Removes a peer, if it is this connection's.</summary>
    public void Leave(string id, Peer peer)
    {
        lock (_gate)
        {
            if (_byId.TryGetValue(id, out var entry) && entry.Peer == peer) Remove(entry);
        }
    }

    /// <summary>Removes all of one connection.</summary>
    public void Leave(Peer peer)
    {
        lock (_gate)
        {
            for (var i = _entries.Count - 1; i >= 0; i--)
                if (_entries[i].Peer == peer) Remove(_entries[i]);
        }
    }

    /// <summary>Removes those who have not announced for so long.</summary>
    public void Expire(TimeSpan after)
    {
        lock (_gate)
        {
            for (var i = _entries.Count - 1; i >= 0; i--)
                if (time.GetElapsedTime(_entries[i].Seen) >= after) Remove(_entries[i]);
        }
    }

    /// <summary>The connection of that id; null when there is none.</summary>
    public Peer? Find(string id)
    {
        lock (_gate) return _byId.GetValueOrDefault(id)?.Peer;
    }

    /// <summary>So many peers, picked at random, without this one.</summary>
    public Peer[] Pick(int count, string but)
    {
        lock (_gate)
        {
            // The one that is not picked goes to the end, the picked ones to the beginning.
            if (_byId.TryGetValue(but, out var own)) Swap(own.At, _entries.Count - 1);
            var others = own is null ? _entries.Count : _entries.Count - 1;
            var picked = new Peer[Math.Min(count, others)];
            for (var i = 0; i < picked.Length; i++)
            {
                Swap(i, random.Next(i, others));
                picked[i] = _entries[i].Peer!;
            }
            return picked;
        }
    }

    private void Remove(Entry entry)
    {
        Swap(entry.At, _entries.Count - 1);
        _entries.RemoveAt(_entries.Count - 1);
        _byId.Remove(entry.Id);
        if (entry.IsSeeder) _seeders--;
    }

    private void Swap(int one, int other)
    {
        (_entries[one], _entries[other]) = (_entries[other], _entries[one]);
        _entries[one].At = one;
        _entries[other].At = other;
    }

    private sealed class Entry(string id)
    {
        public string Id => id;

        public int At { get; set; }

        public Peer? Peer { get; set; }

        public bool IsSeeder { get; set; }

        public long Seen { get; set; }
    }
}
