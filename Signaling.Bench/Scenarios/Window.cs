using System.Diagnostics;
using Signaling.Bench.Load;
using Signaling.Bench.Report;
using Signaling.Bench.Servers;

namespace Signaling.Bench.Scenarios;

/// <summary>What a server did while a crowd talked.</summary>
internal static class Window
{
    /// <summary>Measures for so long. The crowd is talking, and goes on.</summary>
    public static SortedDictionary<string, double> Measure(ServerProcess server, Crowd crowd, Poller poller, TimeSpan time) => Measure(() => server.Cpu, crowd, poller, time);

    /// <param name="cpuOf">Nanoseconds that the servers have used so far.</param>
    public static SortedDictionary<string, double> Measure(Func<long> cpuOf, Crowd crowd, Poller poller, TimeSpan time)
    {
        crowd.Latency.Clear();
        var (received, cpu, load, begun) = (crowd.Ledger.Received, cpuOf(), Libc.CpuOf(Environment.ProcessId), Stopwatch.GetTimestamp());
        poller.Run(time);
        var nanoseconds = Stopwatch.GetElapsedTime(begun).TotalNanoseconds;
        (received, cpu, load) = (crowd.Ledger.Received - received, cpuOf() - cpu, Libc.CpuOf(Environment.ProcessId) - load);
        return new SortedDictionary<string, double>
        {
            [Metric.CpuPerDelivery] = cpu / 1e3 / received,
            [Metric.DeliveriesPerSecond] = received / nanoseconds * 1e9,
            [Metric.P50] = crowd.Latency.Percentile(0.5) / 1e3,
            [Metric.P99] = crowd.Latency.Percentile(0.99) / 1e3,
            [Metric.P999] = crowd.Latency.Percentile(0.999) / 1e3,
            [Metric.ServerCpu] = cpu / nanoseconds,
            [Metric.LoadCpu] = load / nanoseconds,
        };
    }

    /// <summary>Waits until all that was sent has come, and notes what was wrong.</summary>
    public static void Close(SortedDictionary<string, double> figures, Crowd crowd)
    {
        crowd.Settle();
        figures[Metric.Lost] = crowd.Ledger.Lost;
        figures[Metric.Duplicates] = crowd.Ledger.Duplicates;
        figures[Metric.Reordered] = crowd.Ledger.Reordered;
        figures[Metric.Strayed] = crowd.Ledger.Strayed;
    }
}
