namespace Signaling.Bench.Report;

/// <summary>Messages that were lost, doubled, out of order or in a wrong room.</summary>
internal static class Faults
{
    /// <summary>Tells of all; false: there was none.</summary>
    public static bool Tell(Results results, IEnumerable<string> scenarios)
    {
        var any = false;
        foreach (var scenario in scenarios)
            foreach (var server in results.Servers)
                foreach (var fault in Metric.Faults)
                    if (results.Values(scenario, server, fault).Sum() is not 0 and var count)
                    {
                        any = true;
                        Console.WriteLine($"FAULT  {server} in {scenario}: {count:n0} {fault}");
                    }
        return any;
    }
}
