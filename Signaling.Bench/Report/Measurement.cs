namespace Signaling.Bench.Report;

/// <summary>What one server did in one round of one scenario.</summary>
internal sealed record Measurement(string Scenario, string Server, int Round, SortedDictionary<string, double> Figures);
