using System.ComponentModel.DataAnnotations;

namespace Signaling.Server.Sockets;

/// <summary>How the server says goodbye. Section <c>Drain</c>.</summary>
public sealed class DrainOptions
{
    /// <summary>
    /// Connections are closed spread over so long, so that their clients do not all come back at once. 0 (all at once,
    /// with 1001) to 10 min; default 8 s, below the 10 s that containers get, and 0 in Development.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:10:00", ErrorMessage = "Drain:Period must be {1} to {2}.")]
    public TimeSpan Period { get; set; } = TimeSpan.FromSeconds(8);
}
