using System.ComponentModel.DataAnnotations;

namespace Signaling.Server.Protocols.Envelope;

/// <summary>When comings and goings are told together. Section <c>Presence</c>.</summary>
public sealed class PresenceOptions
{
    /// <summary>A room of more peers than this tells them in batches, and a welcome lists so many at most. 1 to 1000; default 64.</summary>
    [Range(1, 1000, ErrorMessage = "Presence:BatchAbove must be {1} to {2}.")]
    public int BatchAbove { get; set; } = 64;

    /// <summary>The time between two batches. 10 ms to 10 s; default 250 ms.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:00:10", ErrorMessage = "Presence:BatchPeriod must be {1} to {2}.")]
    public TimeSpan BatchPeriod { get; set; } = TimeSpan.FromMilliseconds(250);
}
