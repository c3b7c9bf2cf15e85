using System.Text.Json;
using Microsoft.Extensions.Options;

namespace Signaling.Server.Ice;

/// <summary>The ICE servers that clients are told of, as <c>RTCConfiguration.iceServers</c> wants them.</summary>
public sealed class IceServers(IOptions<IceOptions> options)
{
    private readonly byte[] _json = options.Value.StunUrls is { Length: > 0 } urls
        ? JsonSerializer.SerializeToUtf8Bytes(new[] { new { urls } })
        : "[]"u8.ToArray();

    /// <summary>A JSON array.</summary>
    public byte[] ToJson() => _json;
}
