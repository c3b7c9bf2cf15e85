using System.Collections.Concurrent;
using Signaling.Server.Relay;

namespace Signaling.Server.Protocols.PeerJs;

/// <summary>The ids that this server talks of with others: those of its clients, and those that its clients write to.</summary>
internal sealed class PeerJsAddresses(IBackplane backplane, PeerJsRealm realm)
{
    private const string Prefix = "peerjs:";

    private readonly ConcurrentDictionary<string, PeerJsAddress> _addresses = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ITopic> _awaited = new(StringComparer.Ordinal);

    /// <summary>Opens an id's topic.</summary>
    public ITopic Open(string id) => backplane.Open($"{Prefix}{id}")!;

    /// <summary>The hearer of a topic, if its name is of an id.</summary>
    public ITopicListener? Listen(string name, ITopic topic)
    {
        if (!name.StartsWith(Prefix, StringComparison.Ordinal)) return null;
        var id = name[Prefix.Length..];
        return _addresses[id] = new PeerJsAddress(id, topic, realm, closed => _addresses.TryRemove(KeyValuePair.Create(closed.Id, closed)));
    }

    /// <summary>Whether a client of another server has the id, as far as is known here.</summary>
    public bool IsTaken(string id) => _addresses.TryGetValue(id, out var address) && address.Holder is not null;

    /// <summary>
    /// Makes an id one of this server, unless somebody else has it. The same client, known by its token, takes it with it
    /// from one server to the other. What comes of it <see cref="IsTaken"/> knows, until what is returned is disposed.
    /// </summary>
    public async ValueTask<IDisposable?> ClaimAsync(string id, string token)
    {
        var topic = Open(id);
        await topic.Ready;
        if (realm.Has(id) || !_addresses.TryGetValue(id, out var address)) return topic;
        var holder = address.Holder;
        if ((holder is null || PeerJsRecord.IsOf(token, holder)) && await topic.TakeAsync(id, PeerJsRecord.Of(token), holder)) address.TakenFrom(holder);
        return topic;
    }

    /// <summary>Nobody got the id after all.</summary>
    public void Release(string id)
    {
        using var topic = Open(id);
        topic.Remove(id, "limit");
    }

    /// <summary>Sends to a client of another server. False where none has the id.</summary>
    public bool TrySend(string from, string to, Frame frame)
    {
        using var topic = Open(to);
        return _addresses.TryGetValue(to, out var address) && address.TrySend(from, frame);
    }

    /// <summary>Something waits for an id: it is sent as soon as somebody has it elsewhere, until <see cref="AwaitNoMore"/>.</summary>
    public void Await(string id)
    {
        ITopic? topic;
        lock (_awaited)
        {
            if (!_awaited.TryGetValue(id, out topic)) _awaited[id] = topic = Open(id);
        }
        // It may have been taken out meanwhile.
        if (!realm.IsAwaited(id)) AwaitNoMore(id);
        else if (topic.Ready.IsCompleted) SendWaiting(id);
        else topic.Ready.ContinueWith(_ => SendWaiting(id), TaskScheduler.Default);
    }

    /// <summary>Nothing waits for it any more.</summary>
    public void AwaitNoMore(string id)
    {
        ITopic? topic;
        lock (_awaited) _awaited.Remove(id, out topic);
        topic?.Dispose();
    }

    private void SendWaiting(string id)
    {
        if (_addresses.TryGetValue(id, out var address)) address.SendWaiting();
    }
}
