using System.Text;
using System.Text.Unicode;
using Signaling.Server.Relay;
using Signaling.Server.Sockets;
using StackExchange.Redis;

namespace Signaling.Server.Backplane;

/// <summary>
/// What this server knows of a topic's members elsewhere, and what it hears of them. One thing at a time; whatever comes
/// from Redis is looked at as if it came from the network.
/// </summary>
internal sealed class Mirror(Topics topics)
{
    private readonly Lock _turn = new();
    private readonly Dictionary<string, Elsewhere> _members = new(StringComparer.Ordinal);
    private readonly Dictionary<string, long> _doubtful = new(StringComparer.Ordinal);
    private readonly Dictionary<ServerId, long> _numbers = [];
    private readonly HashSet<ServerId> _servers = [];
    private readonly HashSet<ServerId> _unaware = [];
    private TaskCompletionSource? _aware;
    private volatile bool _isAlone;
    private Topic _topic = null!;
    private ITopicListener _listener = null!;

    public void Begin(Topic topic, ITopicListener listener) => (_topic, _listener) = (topic, listener);

    /// <summary>No other server hears the topic.</summary>
    public bool IsAlone => _isAlone;

    /// <summary>Done when the servers that were found in the topic know that this one hears it, too.</summary>
    public Task AwareAsync()
    {
        lock (_turn)
        {
            if (_unaware.Count == 0) return Task.CompletedTask;
            return (_aware ??= new(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
        }
    }

    /// <summary>A packet came in.</summary>
    public void Hear(RedisValue message)
    {
        try
        {
            lock (_turn) Read((ReadOnlyMemory<byte>)message);
        }
        catch (Exception surprise)
        {
            // The next message may be better.
            topics.Surprised(surprise);
        }
    }

    /// <summary>Redis was asked who is there. Whom it does not name, although he was here, may be on his way back into it: he has until the end of a lease.</summary>
    public async Task TakeOverAsync(HashEntry[] entries)
    {
        var read = new List<(string Id, Entry Entry)>(entries.Length);
        foreach (var entry in entries)
            if (TryRead(entry.Name, entry.Value, out var id, out var known)) read.Add((id, known));
        await topics.Servers.MeetAsync(read.Select(one => one.Entry.Server));
        lock (_turn)
        {
            var now = topics.Time.GetTimestamp();
            foreach (var (id, _) in _members) _doubtful.TryAdd(id, now);
            foreach (var (id, entry) in read) Enter(id, entry);
            // One who is not named may have been forgotten with the rest: to talk to nobody does no harm.
            _unaware.UnionWith(_servers);
            _isAlone = _servers.Count == 0;
        }
    }

    /// <summary>Redis said whose a member is.</summary>
    public async Task TellAsync(string id, ReadOnlyMemory<byte> value)
    {
        if (!Entry.TryRead(value, out var entry))
        {
            topics.Malformed();
            return;
        }
        await topics.Servers.MeetAsync([entry.Server]);
        lock (_turn) Enter(id, entry);
    }

    /// <summary>It is a member of this server now.</summary>
    public void Forget(string id)
    {
        lock (_turn)
        {
            _members.Remove(id);
            _doubtful.Remove(id);
        }
    }

    /// <summary>Nothing comes any more.</summary>
    public void End()
    {
        lock (_turn) _listener.Closed();
    }

    /// <summary>What others said may not have come.</summary>
    public void Missed()
    {
        lock (_turn)
        {
            _numbers.Clear();
            topics.Telemetry.Gap();
            _listener.Missed();
        }
    }

    /// <summary>Members that nobody has named again for so long are gone, and so are those of servers that are. How many.</summary>
    public int Sweep(TimeSpan lease, HashSet<ServerId> gone)
    {
        lock (_turn)
        {
            if (gone.Count == 0 && _doubtful.Count == 0) return 0;
            foreach (var server in gone) Without(server);
            var lost = _members.Values
                .Where(one => gone.Contains((ServerId)one.Server) || (_doubtful.TryGetValue(one.Id, out var since) && topics.Time.GetElapsedTime(since) >= lease))
                .ToList();
            foreach (var member in lost) Lose(member, "timeout");
            foreach (var server in gone) _numbers.Remove(server);
            return lost.Count;
        }
    }

    private void Read(ReadOnlyMemory<byte> packet)
    {
        var reader = new PacketReader(packet, topics.MaxFrameBytes);
        if (!reader.IsBad && reader.Server == topics.Self) return;
        if (!reader.IsBad) Count(reader.Server, reader.Number, reader.IsFirst);
        while (reader.Next()) Read(ref reader);
        if (reader.IsBad) topics.Malformed();
    }

    private void Count(ServerId server, long number, bool first)
    {
        var known = _numbers.TryGetValue(server, out var before);
        _numbers[server] = number;
        if (!known || first || number == before + 1) return;
        topics.Telemetry.Gap();
        _listener.Missed();
    }

    private void Read(ref PacketReader record)
    {
        topics.Telemetry.Received();
        switch (record.Kind)
        {
            case RecordKind.SaidByStranger or RecordKind.Said or RecordKind.Sent when !FrameEncoder.IsWhole(record.Body.Span):
                topics.Malformed();
                break;
            case RecordKind.SaidByStranger when !_members.ContainsKey(record.One) && !_topic.Has(record.One):
                _listener.Said(record.One, new Frame(record.Body));
                break;
            case RecordKind.Said when _members.TryGetValue(record.One, out var member) && member.Server.Equals(record.Server):
                _listener.Said(record.One, new Frame(record.Body));
                break;
            case RecordKind.Sent when _topic.Has(record.Other):
                _listener.Sent(record.One, record.Other, new Frame(record.Body));
                break;
            case RecordKind.Here:
                topics.Servers.Heard(record.Server);
                _servers.Add(record.Server);
                _isAlone = false;
                // After that: what is said from now on goes to it.
                _topic.Answer(record.Server);
                break;
            case RecordKind.Gone:
                Without(record.Server);
                break;
            case RecordKind.Seen when record.Body.Length == ServerId.Bytes && ServerId.Read(record.Body.Span) == topics.Self:
                Learnt(record.Server);
                break;
            case RecordKind.Put when record.One.Length > 0 && record.Body.Length <= ITopic.MaxAboutBytes:
                topics.Servers.Heard(record.Server);
                Enter(record.One, new Entry(record.Server, record.Body.ToArray()));
                break;
            case RecordKind.Removed when _members.TryGetValue(record.One, out var member) && member.Server.Equals(record.Server):
                Lose(member, record.Other);
                break;
        }
    }

    private bool TryRead(RedisValue name, RedisValue value, out string id, out Entry entry)
    {
        var (nameBytes, valueBytes) = ((ReadOnlyMemory<byte>)name, (ReadOnlyMemory<byte>)value);
        id = "";
        if (!Entry.TryRead(valueBytes, out entry) || nameBytes.Length is 0 or > PacketReader.MaxTextBytes || !Utf8.IsValid(nameBytes.Span))
        {
            topics.Malformed();
            return false;
        }
        id = Encoding.UTF8.GetString(nameBytes.Span);
        return true;
    }

    private void Enter(string id, Entry entry)
    {
        if (entry.Server == topics.Self) return;
        if (!topics.Servers.IsAlive(entry.Server))
        {
            // It has died without a word: nobody else clears up after it.
            _ = topics.ClearAsync(_topic, id, entry.Server);
            return;
        }
        if (_servers.Add(entry.Server)) _isAlone = false;
        if (id.StartsWith(Topics.MarkOfServers)) return;
        _doubtful.Remove(id);
        var member = new Elsewhere(id, entry.About, entry.Server);
        var before = _members.GetValueOrDefault(id);
        _members[id] = member;
        if (_topic.GiveUp(id)) _listener.Taken(member);
        else if (before is null || !before.Server.Equals(member.Server) || !before.About.Span.SequenceEqual(member.About.Span)) _listener.Entered(member);
    }

    private void Without(ServerId server)
    {
        _servers.Remove(server);
        _isAlone = _servers.Count == 0;
        Learnt(server);
    }

    private void Learnt(ServerId server)
    {
        if (!_unaware.Remove(server) || _unaware.Count > 0) return;
        _aware?.TrySetResult();
        _aware = null;
    }

    private void Lose(Elsewhere member, string reason)
    {
        _members.Remove(member.Id);
        _doubtful.Remove(member.Id);
        _listener.Left(member.Id, reason);
        if (reason == "timeout") _ = topics.ClearAsync(_topic, member.Id, (ServerId)member.Server);
    }
}
