using System.ComponentModel.DataAnnotations;

namespace Signaling.Server.Sockets;

/// <summary>How much one client may ask of the server, and all of them together. Section <c>Limits</c>.</summary>
public sealed class LimitsOptions : IValidatableObject
{
    /// <summary>Bytes that one message may have, inclusive; larger ones close with 1009. 1 to 16 MiB; default 64 KiB.</summary>
    [Range(1, 16 << 20, ErrorMessage = "Limits:MaxMessageBytes must be {1} to {2}.")]
    public int MaxMessageBytes { get; set; } = 65_536;

    /// <summary>Bytes that may wait for one peer; a peer that falls further behind is closed with 4408. 4 KiB to 1 GiB; default 1 MiB.</summary>
    [Range(4096, 1 << 30, ErrorMessage = "Limits:OutboxBytes must be {1} to {2}.")]
    public int OutboxBytes { get; set; } = 1_048_576;

    /// <summary>Messages that a peer may send in the long run, each second, weighted by fan-out; 0: no limit. Default 50.</summary>
    [Range(0, 1_000_000, ErrorMessage = "Limits:MessagesPerSecond must be {1} (no limit) to {2}.")]
    public int MessagesPerSecond { get; set; } = 50;

    /// <summary>Messages that a peer may send at once before that applies. Default 300: a join of a mesh of 8 browsers takes about 110.</summary>
    [Range(1, 1_000_000, ErrorMessage = "Limits:Burst must be {1} to {2}.")]
    public int Burst { get; set; } = 300;

    /// <summary>Pings and pongs that a client may send in the long run, each second, and ten times as many at once; more close with 1008. 0: no limit. Default 10.</summary>
    [Range(0, 1_000_000, ErrorMessage = "Limits:PingsPerSecond must be {1} (no limit) to {2}.")]
    public int PingsPerSecond { get; set; } = 10;

    /// <summary>Peers that one room may have; the next is refused with 503. 0: no limit. Default 1000.</summary>
    [Range(0, 1_000_000, ErrorMessage = "Limits:PeersPerRoom must be {1} (no limit) to {2}.")]
    public int PeersPerRoom { get; set; } = 1000;

    /// <summary>Rooms that there may be; who would open another is refused with 503. 0: no limit. Default 100,000.</summary>
    [Range(0, 10_000_000, ErrorMessage = "Limits:Rooms must be {1} (no limit) to {2}.")]
    public int Rooms { get; set; } = 100_000;

    /// <summary>Connections that there may be; the next is refused with 503. 0: no limit. Default 50,000.</summary>
    [Range(0, 10_000_000, ErrorMessage = "Limits:Connections must be {1} (no limit) to {2}.")]
    public int Connections { get; set; } = 50_000;

    /// <summary>Connections from one IPv4 address or one IPv6 network of 64 bits; the next is refused with 429. 0: no limit. Default 200.</summary>
    [Range(0, 10_000_000, ErrorMessage = "Limits:ConnectionsPerAddress must be {1} (no limit) to {2}.")]
    public int ConnectionsPerAddress { get; set; } = 200;

    /// <summary>The time to ask for the upgrade, from the first byte of the request to its last, and to begin with it at all; then the line is cut. 1 s to 1 h, or 0: no limit. Default 10 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "01:00:00", ErrorMessage = "Limits:UpgradeTimeout must be {1} (no limit) to {2}.")]
    public TimeSpan UpgradeTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (OutboxBytes < MaxMessageBytes + 16)
            yield return new($"Limits:OutboxBytes ({OutboxBytes}) must have room for one message of Limits:MaxMessageBytes ({MaxMessageBytes}) and its frame header (16).");
        if (UpgradeTimeout > TimeSpan.Zero && UpgradeTimeout < TimeSpan.FromSeconds(1))
            yield return new($"Limits:UpgradeTimeout ({UpgradeTimeout}) must be a second at least: it is looked at once a second.");
    }
}
