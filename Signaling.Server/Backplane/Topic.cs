using System.Collections.Concurrent;
using System.Text;
using Signaling.Server.Relay;
using StackExchange.Redis;

namespace Signaling.Server.Backplane;

/// <summary>One topic on this server: who of it is here, and what they have for the others. What the others say is the <see cref="Mirror"/>'s.</summary>
internal sealed class Topic(string name, Topics topics) : ITopic
{
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _tuned = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly SemaphoreSlim _tuning = new(1, 1);
    private readonly Lock _out = new();
    private readonly PacketWriter _packets = new(topics.Self);
    private readonly ConcurrentDictionary<string, ReadOnlyMemory<byte>> _own = new(StringComparer.Ordinal);
    private readonly HashSet<string> _refused = new(StringComparer.Ordinal);
    private HashSet<string> _touched = new(StringComparer.Ordinal);
    private volatile ChannelMessageQueue? _hearing;
    private int _reserved;
    private long _renewed;
    private bool _waits;
    private volatile bool _over;

    public string Name { get; } = name;

    public Mirror Mirror { get; } = new(topics);

    /// <summary>How many have it open. Under the lock of all topics.</summary>
    public int Users { get; set; }

    /// <summary>When the last one closed it. Under the lock of all topics.</summary>
    public long IdleSince { get; set; }

    public Task Ready => _ready.Task;

    // While Redis is away, somebody may have come of whom this server has not heard.
    private bool IsAlone => topics.IsUp && Mirror.IsAlone;

    private RedisKey Members => topics.Redis.Keys.Members(Name);

    /// <summary>Whether it is subscribed.</summary>
    public bool Hears => _hearing is not null;

    public bool Has(string id) => _own.ContainsKey(id);

    // Where nobody else hears it, nothing is said: a room whose peers are all here costs Redis nothing.
    public void Say(Peer from, Frame frame)
    {
        if (IsAlone) return;
        Post(_own.ContainsKey(from.Id) ? RecordKind.Said : RecordKind.SaidByStranger, from.Id, "", frame.Wire.Span);
    }

    public void Send(string from, string receiver, Frame frame)
    {
        if (!IsAlone) Post(RecordKind.Sent, from, receiver, frame.Wire.Span);
    }

    public void Put(string id, ReadOnlyMemory<byte> about)
    {
        _own[id] = about;
        Touch(id);
        Post(RecordKind.Put, id, "", about.Span);
    }

    public void Remove(string id, string reason)
    {
        if (!_own.TryRemove(id, out _)) return;
        Touch(id);
        Post(RecordKind.Removed, id, reason, []);
    }

    public async Task<bool> TakeAsync(string id, ReadOnlyMemory<byte> about, Elsewhere? instead)
    {
        try
        {
            if (!topics.IsUp) throw new TimeoutException();
            var owner = instead is null ? null : Entry.Owner((ServerId)instead.Server);
            var answer = await topics.Redis.PutAsync(Members, id, new Entry(topics.Self, about), owner).WaitAsync(topics.Options.Patience);
            if (!answer.IsNull)
            {
                await Mirror.TellAsync(id, (byte[]?)answer);
                return false;
            }
        }
        catch (Exception error) when (error is RedisException or TimeoutException)
        {
            // Whoever has it elsewhere is found out later, and one of the two gives way.
            if (instead is not null) return false;
        }
        Mirror.Forget(id);
        Put(id, about);
        return true;
    }

    /// <summary>Another server has this member now.</summary>
    public bool GiveUp(string id) => _own.TryRemove(id, out _);

    /// <summary>Everything about the members that are here is told and kept anew.</summary>
    public void Tell()
    {
        foreach (var (id, about) in _own)
        {
            Touch(id);
            if (id == topics.Mark) Post(RecordKind.Here, "", "", []);
            else Post(RecordKind.Put, id, "", about.Span);
        }
    }

    /// <summary>Another server hears it now: it is told that this one knows.</summary>
    public void Answer(ServerId server) => Post(RecordKind.Seen, "", "", server.ToArray());

    /// <summary>Nobody here has it open any more. Under the lock of all topics: before it can be opened anew.</summary>
    public void Withdraw()
    {
        _over = true;
        if (!_own.TryRemove(topics.Mark, out _)) return;
        Touch(topics.Mark);
        Post(RecordKind.Gone, "", "", []);
    }

    /// <summary>Redis forgets what nobody writes to: now and then it is told that somebody is here.</summary>
    public void Renew()
    {
        if (topics.Time.GetElapsedTime(_renewed) < Scripts.Keep / 3) return;
        _renewed = topics.Time.GetTimestamp();
        if (_own.ContainsKey(topics.Mark)) Touch(topics.Mark);
    }

    /// <summary>
    /// Subscribes, says that this server is here, and then looks who else is: of two that come at once, one sees the other.
    /// What happens in between waits in the subscription.
    /// </summary>
    public async Task TuneInAsync()
    {
        await _tuning.WaitAsync();
        try
        {
            if (_over) return;
            if (_hearing is not null) await _hearing.UnsubscribeAsync();
            _hearing = null;
            var hearing = await topics.Redis.Subscriber.SubscribeAsync(topics.Redis.Keys.Channel(Name));
            _hearing = hearing; // from here on to be unsubscribed, whatever comes
            var marking = MarkAsync();
            var looking = topics.Redis.Database.HashGetAllAsync(Members);
            await marking;
            await Mirror.TakeOverAsync(await looking);
            hearing.OnMessage(message => Mirror.Hear(message.Message));
            if (_over) return;
            _own[topics.Mark] = default;
            _renewed = topics.Time.GetTimestamp();
            _tuned.TrySetResult();
            Tell();
        }
        finally
        {
            _tuning.Release();
        }
    }

    /// <summary>Nobody needs to wait any longer.</summary>
    public void GoOn()
    {
        _tuned.TrySetResult();
        _ready.TrySetResult();
    }

    /// <summary>Nobody has it open any more, for good.</summary>
    public async Task TuneOutAsync()
    {
        await _tuning.WaitAsync();
        try
        {
            if (_hearing is not null) await _hearing.UnsubscribeAsync();
            _hearing = null;
        }
        finally
        {
            _tuning.Release();
        }
    }

    /// <summary>Issues what waits: who is here, then what was said. What has to be tried again waits again.</summary>
    public async Task SendAsync()
    {
        HashSet<string> touched;
        byte[][] packets;
        lock (_out)
        {
            _waits = false;
            (touched, _touched) = (_touched, new(StringComparer.Ordinal));
            packets = _packets.Take();
            topics.Outgoing.Release(_reserved);
            _reserved = 0;
        }
        try
        {
            var commands = touched.Select(KeepAsync).ToList();
            var channel = topics.Redis.Keys.Channel(Name);
            foreach (var packet in packets) commands.Add(topics.Redis.Subscriber.PublishAsync(channel, packet));
            topics.Telemetry.Published(packets.Length);
            await Task.WhenAll(commands);
        }
        catch (Exception error)
        {
            topics.Telemetry.Lost("redis");
            topics.Failed(error);
            // One that is opened anew under the same name says for itself who is here.
            if (_over) return;
            lock (_out)
            {
                _packets.Skip();
                Wait();
            }
            foreach (var id in touched) Touch(id);
        }
    }

    /// <summary>What Redis has refused to keep is tried again.</summary>
    public void TryAgain()
    {
        string[] refused;
        lock (_out)
        {
            if (_refused.Count == 0) return;
            refused = [.. _refused];
            _refused.Clear();
        }
        foreach (var id in refused) Touch(id);
    }

    public void Dispose() => topics.Close(this);

    // The rest goes on while Redis refuses this: it may be full, or about to become a replica.
    private async Task KeepAsync(string id)
    {
        try
        {
            if (!_own.TryGetValue(id, out var about)) await topics.Redis.RemoveAsync(Members, id, topics.Self);
            else if (await topics.Redis.PutAsync(Members, id, new Entry(topics.Self, about)) is { IsNull: false } other) await Mirror.TellAsync(id, (byte[]?)other);
        }
        catch (RedisServerException refused)
        {
            topics.Failed(refused);
            lock (_out) _refused.Add(id);
        }
    }

    private async Task MarkAsync()
    {
        try
        {
            await topics.Redis.PutAsync(Members, topics.Mark, new Entry(topics.Self, default));
        }
        catch (RedisServerException refused)
        {
            topics.Failed(refused);
        }
    }

    private void Touch(string id)
    {
        lock (_out)
        {
            _touched.Add(id);
            Wait();
        }
    }

    private void Post(RecordKind kind, string one, string other, ReadOnlySpan<byte> body)
    {
        lock (_out)
        {
            var cost = body.Length + Encoding.UTF8.GetMaxByteCount(one.Length + other.Length);
            if (topics.Outgoing.TryReserve(cost))
            {
                _reserved += cost;
                _packets.Add(kind, one, other, body);
                topics.Telemetry.Sent();
                Wait();
            }
            else
            {
                _packets.Skip();
                topics.Telemetry.Lost("queue-full");
                Wait();
            }
        }
    }

    // Under the lock. Until this server hears the others nothing goes out: no answer may come too early.
    private void Wait()
    {
        if (_waits) return;
        _waits = true;
        if (_tuned.Task.IsCompleted) topics.Outgoing.Add(this);
        else _tuned.Task.ContinueWith(_ => topics.Outgoing.Add(this), TaskScheduler.Default);
    }
}
