using System.Diagnostics;

namespace Signaling.Bench.Servers;

/// <summary>One of those that are compared.</summary>
/// <param name="Name">As in the table.</param>
/// <param name="Start">The command that starts it on a port.</param>
/// <param name="IsRelay">It speaks envelopes, too.</param>
internal sealed record Contender(string Name, Func<int, ProcessStartInfo> Start, bool IsRelay = false);
