using Signaling.Server.Relay;

namespace Signaling.Server.Protocols.WebTorrent;

/// <summary>The peers that share something, by the ids that they gave themselves.</summary>
/// <param name="random">Deals the offers.</param>
/// <param name="time">The clock.</param>
/// <param name="elsewhere">The same swarm on other servers; null where there are none.</param>
internal sealed class Swarm(Random random, TimeProvider time, ITopic? elsewhere = null)
{
    private readonly Lock _gate = new();
    private readonly List<Entry> _entries = [];
    private readonly Dictionary<string, Entry> _byId = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Entry> _byKey = new(StringComparer.Ordinal); // as other servers know them
    private int _seeders;

    /// <summary>Done when it is known who is in it on other servers.</summary>
    public Task Ready => elsewhere?.Ready ?? Task.CompletedTask;

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
            var member = new SwarmMember(id, isSeeder);
            var key = elsewhere is null ? "" : member.KeyOf(peer);
            if (Set(member, peer, key)) elsewhere?.Put(key, member.ToArray());
        }
    }

    /// <summary>A peer is on another server.</summary>
    /// <param name="key">What it is called there.</param>
    /// <param name="member">Who it is.</param>
    public void Enter(string key, SwarmMember member)
    {
        lock (_gate)
        {
            // Whom one finds when one begins to look was there before those who are here.
            if (!Ready.IsCompleted && _byId.TryGetValue(member.Id, out var entry) && !entry.IsElsewhere) return;
            Set(member, new StandIn(key), key);
        }
    }

    /// <summary>A peer of another server is gone.</summary>
    public void Leave(string key)
    {
        lock (_gate)
        {
            if (_byKey.TryGetValue(key, out var entry) && entry.IsElsewhere) Remove(entry);
        }
    }

    /// <summary>Brings a message to the peer that other servers know by this key, if it is here.</summary>
    public void Hear(string key, Frame frame)
    {
        Peer? peer;
        lock (_gate) peer = _byKey.TryGetValue(key, out var entry) && !entry.IsElsewhere ? entry.Peer : null;
        peer?.Post(frame);
    }

    /// <summary>Brings a message to a peer, wherever it is.</summary>
    public void Send(Peer from, Peer to, Frame frame)
    {
        if (to is StandIn) elsewhere!.Send(from.Id, to.Id, frame);
        else to.Post(frame);
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

    /// <summary>Removes those of this server who have not announced for so long.</summary>
    public void Expire(TimeSpan after)
    {
        lock (_gate)
        {
            for (var i = _entries.Count - 1; i >= 0; i--)
                if (!_entries[i].IsElsewhere && time.GetElapsedTime(_entries[i].Seen) >= after) Remove(_entries[i]);
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

    // True when that is news. The newest who uses an id has it, wherever he is.
    private bool Set(SwarmMember member, Peer peer, string key)
    {
        var isNew = !_byId.TryGetValue(member.Id, out var entry);
        if (isNew)
        {
            _byId[member.Id] = entry = new Entry(member.Id) { At = _entries.Count };
            _entries.Add(entry);
        }
        else if (entry!.Key != key)
        {
            Unknow(entry);
            isNew = true;
        }
        if (entry.IsSeeder != member.IsSeeder) _seeders += member.IsSeeder ? 1 : -1;
        isNew |= entry.IsSeeder != member.IsSeeder;
        (entry.Peer, entry.Key, entry.IsSeeder, entry.Seen) = (peer, key, member.IsSeeder, time.GetTimestamp());
        if (elsewhere is not null) _byKey[key] = entry;
        return isNew;
    }

    private void Unknow(Entry entry)
    {
        _byKey.Remove(entry.Key);
        if (!entry.IsElsewhere) elsewhere?.Remove(entry.Key, "closed");
    }

    private void Remove(Entry entry)
    {
        Unknow(entry);
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

        public string Key { get; set; } = "";

        public bool IsElsewhere => Peer is StandIn;

        public bool IsSeeder { get; set; }

        public long Seen { get; set; }
    }
}
