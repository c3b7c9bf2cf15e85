using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;

namespace Signaling.Bench.Micro;

/// <summary>What the parts of the relay cost that need no socket.</summary>
internal static class MicroBenchmarks
{
    /// <param name="args">BenchmarkDotNet's own: <c>--filter *Parse*</c>.</param>
    public static int Run(string[] args)
    {
        var config = ManualConfig.Create(DefaultConfig.Instance)
            .AddJob(Job.ShortRun.WithToolchain(InProcessEmitToolchain.Instance))
            .AddDiagnoser(MemoryDiagnoser.Default);
        BenchmarkSwitcher.FromTypes([typeof(Frames), typeof(FanOut), typeof(Envelopes)]).Run(args.Length == 0 ? ["--filter", "*"] : args, config);
        return 0;
    }
}
