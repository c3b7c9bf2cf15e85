using System.Globalization;

namespace Signaling.Bench.Scale;

/// <summary>What Redis says of itself: totals since it began, and its memory of now.</summary>
/// <param name="Commands">Of all kinds, those inside scripts too.</param>
/// <param name="Publishes">PUBLISH and SPUBLISH.</param>
/// <param name="Reads">Times that it read from a connection: commands that came together are one.</param>
/// <param name="Memory">Bytes of what it keeps now.</param>
internal sealed record RedisCounters(double Commands, double Publishes, double Reads, double Memory)
{
    public static RedisCounters Read(string info)
    {
        var lines = info.Split('\n').Select(line => line.Trim().Split(':', 2)).Where(pair => pair.Length == 2).ToLookup(pair => pair[0], pair => pair[1]);
        return new(
            Number(lines["total_commands_processed"]),
            Calls(lines["cmdstat_publish"]) + Calls(lines["cmdstat_spublish"]),
            Number(lines["total_reads_processed"]),
            Number(lines["used_memory_dataset"]));
    }

    /// <summary>What was counted between two looks; the memory is that of the later one.</summary>
    public static RedisCounters operator -(RedisCounters later, RedisCounters earlier) =>
        new(later.Commands - earlier.Commands, later.Publishes - earlier.Publishes, later.Reads - earlier.Reads, later.Memory);

    // "calls=12,usec=34,..."
    private static double Calls(IEnumerable<string> statistics) =>
        statistics.Sum(one => double.Parse(one.Split(',')[0]["calls=".Length..], CultureInfo.InvariantCulture));

    private static double Number(IEnumerable<string> values) => values.Sum(one => double.Parse(one, CultureInfo.InvariantCulture));
}
