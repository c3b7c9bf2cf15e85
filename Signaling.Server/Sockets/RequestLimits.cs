using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Signaling.Server.Sockets;

/// <summary>What a request may be before it is an upgrade: short, soon, and without a body.</summary>
internal static class RequestLimits
{
    private const int HeaderCount = 64;
    // Metadata in the query has 4 KiB, which may be three times that in a URL; and there may be a token beside it.
    private const int LineBytes = 16 * 1024;
    // HTTP/2 sends the URL among the headers.
    private const int HeaderBytes = 24 * 1024;
    private const int BodyBytes = 4 * 1024;

    public static void Set(KestrelServerLimits limits, TimeSpan timeout)
    {
        limits.MaxRequestHeaderCount = HeaderCount;
        limits.MaxRequestLineSize = LineBytes;
        limits.MaxRequestHeadersTotalSize = HeaderBytes;
        limits.MaxRequestBodySize = BodyBytes;
        // From the first byte of a head to its last, and before the first: a line that says nothing, and one that trickles.
        limits.RequestHeadersTimeout = limits.KeepAliveTimeout = timeout > TimeSpan.Zero ? timeout : Timeout.InfiniteTimeSpan;
    }
}
