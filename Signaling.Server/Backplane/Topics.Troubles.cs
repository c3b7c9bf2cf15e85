using StackExchange.Redis;

namespace Signaling.Server.Backplane;

/// <summary>What becomes of what goes wrong.</summary>
internal sealed partial class Topics
{
    /// <summary>Whether it is this topic's node alone that is away, as far as one topic can tell: then the others go on without it.</summary>
    public bool TryDeafen(Topic topic, Exception error)
    {
        if (!redis.IsCluster || error is not (RedisException or TimeoutException)) return false;
        topic.Deafen();
        return true;
    }

    public void Failed(Exception error)
    {
        switch (error)
        {
            case RedisServerException refused:
                // It is there, and does not want to: out of memory, a replica, still loading, not allowed.
                var word = refused.Message.Split(' ')[0];
                if (Refusal is null) log.NotKept(word);
                Refusal = word;
                break;
            case TimeoutException or RedisTimeoutException:
                Troubled?.Invoke("it does not answer");
                break;
            case RedisException:
                Troubled?.Invoke("not connected");
                break;
            case ObjectDisposedException:
                break; // the server ends
            default:
                log.Surprise(error);
                Troubled?.Invoke("a mistake of this server");
                break;
        }
    }

    public void Malformed()
    {
        telemetry.Malformed();
        if (_malformed) return;
        _malformed = true;
        log.Malformed();
    }

    public void Surprised(Exception surprise) => log.Surprise(surprise);
}
