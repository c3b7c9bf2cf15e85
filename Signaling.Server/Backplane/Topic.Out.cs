using System.Text;
using StackExchange.Redis;

namespace Signaling.Server.Backplane;

/// <summary>The way out of a topic: what gathers, and what becomes of it.</summary>
internal sealed partial class Topic
{
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
            if (!topics.TryDeafen(this, error)) topics.Failed(error);
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
            if (_isDeaf)
            {
                _packets.Skip();
                topics.Telemetry.Lost("deaf");
            }
            else if (topics.Outgoing.TryReserve(cost))
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
        if (_waits || _isDeaf) return;
        _waits = true;
        if (_tuned.Task.IsCompleted) topics.Outgoing.Add(this);
        else _tuned.Task.ContinueWith(_ => topics.Outgoing.Add(this), TaskScheduler.Default);
    }
}
