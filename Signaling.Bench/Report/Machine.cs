using System.Runtime.InteropServices;

namespace Signaling.Bench.Report;

/// <summary>Where and when it was measured.</summary>
internal sealed record Machine(DateTimeOffset At, string Cpu, int Cores, string Kernel, string Runtime)
{
    public static Machine Describe() => new(
        DateTimeOffset.UtcNow,
        File.ReadLines("/proc/cpuinfo").FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))?.Split(": ")[^1] ?? RuntimeInformation.ProcessArchitecture.ToString(),
        Environment.ProcessorCount,
        $"Linux {Environment.OSVersion.Version}",
        RuntimeInformation.FrameworkDescription);
}
