using System.ComponentModel.DataAnnotations;

namespace Signaling.Server.Protocols.Envelope;

/// <summary>How places are kept. Section <c>Resume</c>.</summary>
public sealed class ResumeOptions
{
    /// <summary>How long a peer's place is kept when its connection was lost. 0 to 10 minutes; default 30 s; 0: not at all.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:10:00", ErrorMessage = "Resume:Grace must be {1} to {2}.")]
    public TimeSpan Grace { get; set; } = TimeSpan.FromSeconds(30);
}
