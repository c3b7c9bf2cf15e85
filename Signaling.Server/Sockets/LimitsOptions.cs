using System.ComponentModel.DataAnnotations;

namespace Signaling.Server.Sockets;

/// <summary>How much one client may ask of the server. Section <c>Limits</c>.</summary>
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

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (OutboxBytes < MaxMessageBytes + 16)
            yield return new($"Limits:OutboxBytes ({OutboxBytes}) must have room for one message of Limits:MaxMessageBytes ({MaxMessageBytes}) and its frame header (16).");
    }
}
