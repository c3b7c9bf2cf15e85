using System.Collections.Concurrent;
using Signaling.Server.Relay;
using StackExchange.Redis;

namespace Signaling.Server.Backplane;

/// <summary>One topic on this server: who of it is here, and what they have for the others. What the others say is the <see cref="Mirror"/>'s.</summary>
internal sealed partial class Topic(string name, Topics topics) : ITopic
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
    private volatile bool _isDeaf;

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

    /// <summary>It is being subscribed.</summary>
    public bool IsTuning => _tuning.CurrentCount == 0;

    /// <summary>Its node of a cluster is away, and others are not: it is of this server alone until that is back.</summary>
    public bool IsDeaf => _isDeaf;

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
            _isDeaf = false;
            _renewed = topics.Time.GetTimestamp();
            _tuned.TrySetResult();
            Tell();
        }
        finally
        {
            _tuning.Release();
        }
    }

    /// <summary>Its node is away. What is said until it is heard again is lost to the others; who is here they are told then.</summary>
    public void Deafen()
    {
        _isDeaf = true;
        GoOn();
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

    public void Dispose() => topics.Close(this);
}
