namespace Signaling.Server.Backplane;

/// <summary>What has to be done at once, by Redis itself. Each touches one key, the members of a topic.</summary>
internal static class Scripts
{
    /// <summary>A topic that nobody writes to for so long is forgotten by Redis: its servers are all dead.</summary>
    public static readonly TimeSpan Keep = TimeSpan.FromHours(1);

    /// <summary>
    /// Keeps a member as ours, unless it is another server's: then that value is the answer. ARGV: id, value, how long to
    /// keep the topic, whose it may be now (how such values begin; empty: ours or nobody's).
    /// </summary>
    public const string Put = """
        local known = redis.call('HGET', KEYS[1], ARGV[1])
        if known then
            local owner = string.sub(known, 1, 17)
            if owner ~= string.sub(ARGV[2], 1, 17) and owner ~= ARGV[4] then return known end
        end
        redis.call('HSET', KEYS[1], ARGV[1], ARGV[2])
        redis.call('PEXPIRE', KEYS[1], ARGV[3])
        return false
        """;

    /// <summary>Removes a member, if it is that server's. ARGV: id, how its values begin.</summary>
    public const string Remove = """
        local known = redis.call('HGET', KEYS[1], ARGV[1])
        if known and string.sub(known, 1, 17) == ARGV[2] then redis.call('HDEL', KEYS[1], ARGV[1]) end
        return false
        """;

    /// <summary>Removes a server, if its number is still that. ARGV: the server, its number.</summary>
    public const string Forget = """
        if redis.call('HGET', KEYS[1], ARGV[1]) == ARGV[2] then redis.call('HDEL', KEYS[1], ARGV[1]) end
        return false
        """;
}
