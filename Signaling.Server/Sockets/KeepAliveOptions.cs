using System.ComponentModel.DataAnnotations;

namespace Signaling.Server.Sockets;

/// <summary>How dead lines are found. Section <c>KeepAlive</c>.</summary>
public sealed class KeepAliveOptions
{
    /// <summary>A peer that was silent for so long is pinged. 1 s to 1 h; default 25 s, below the usual idle limit of proxies.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00", ErrorMessage = "KeepAlive:Interval must be {1} to {2}.")]
    public TimeSpan Interval { get; set; } = TimeSpan.FromSeconds(25);

    /// <summary>A peer that has not answered the ping after so long is cut off. 1 s to 1 h; default 20 s.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00", ErrorMessage = "KeepAlive:Timeout must be {1} to {2}.")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(20);
}
