using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using StackExchange.Redis;

namespace Signaling.Server.Backplane;

/// <summary>
/// What keys and channels are called. A name that clients have chosen never stands in one, only its hash: no name can
/// forge another key, and all have the same length. In braces, so that a cluster keeps key and channel of a topic together.
/// </summary>
/// <param name="prefix">Of this deployment: several can share a Redis.</param>
/// <param name="sharded">The server is a cluster, and its channels are sharded.</param>
internal sealed class Keys(string prefix, bool sharded)
{
    private const int HashBytes = 16;

    /// <summary>The servers, each with a number that it counts up while it lives.</summary>
    public RedisKey Servers { get; } = $"{prefix}:servers";

    /// <summary>The members of a topic.</summary>
    public RedisKey Members(string topic) => $"{prefix}:{{{Hash(topic)}}}:members";

    /// <summary>Where the servers of a topic talk.</summary>
    public RedisChannel Channel(string topic)
    {
        var name = $"{prefix}:{{{Hash(topic)}}}";
        return sharded ? RedisChannel.Sharded(name) : RedisChannel.Literal(name);
    }

    private static string Hash(string topic)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(topic), hash);
        return Base64Url.EncodeToString(hash[..HashBytes]);
    }
}
