namespace Signaling.Bench.Report;

/// <summary>The names of figures, as they stand in the JSON.</summary>
internal static class Metric
{
    public const string CpuPerDelivery = "cpu-us-per-delivery";
    public const string DeliveriesPerSecond = "deliveries-per-second";
    public const string P50 = "latency-us-p50";
    public const string P99 = "latency-us-p99";
    public const string P999 = "latency-us-p99.9";
    public const string ServerCpu = "server-cpu-share";
    public const string LoadCpu = "load-cpu-share";

    public const string Lost = "lost";
    public const string Duplicates = "duplicates";
    public const string Reordered = "reordered";
    public const string Strayed = "strayed";

    public const string ConnectCpu = "cpu-us-per-connection";
    public const string ConnectsPerSecond = "connections-per-second";
    public const string IdleKilobytes = "kb-per-idle-connection";
    public const string IdleCpu = "idle-cpu-share";

    public const string P99WithStopped = "latency-us-p99-with-a-stopped-reader";
    public const string StoppedRatio = "p99-with-a-stopped-reader-to-without";
    public const string StoppedGrowth = "mb-grown-for-a-stopped-reader";
    public const string StoppedLost = "lost-by-the-stopped-reader";
    public const string OthersCut = "others-closed-with-4408";
    public const string LostWithCut = "lost-with-others-closed";
    public const string StoppedClosed = "close-code-of-the-stopped-reader";

    /// <summary>Each must be 0.</summary>
    public static readonly string[] Faults = [Lost, Duplicates, Reordered, Strayed];
}
