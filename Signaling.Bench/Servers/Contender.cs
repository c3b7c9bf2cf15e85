using System.Diagnostics;

namespace Signaling.Bench.Servers;

/// <summary>One of those that are compared.</summary>
/// <param name="Name">As in the table.</param>
/// <param name="Start">The command that starts it on a port; the second is that of the one behind it.</param>
internal sealed record Contender(string Name, Abilities Abilities, Func<int, int, ProcessStartInfo> Start)
{
    /// <summary>The server that it passes everything on to. The two are reckoned as one.</summary>
    public Contender? Behind { get; init; }
}
