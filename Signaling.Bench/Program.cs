using System.Runtime.InteropServices;
using Signaling.Bench;
using Signaling.Bench.Micro;
using Signaling.Bench.Scale;

if (args.Contains("--micro")) return MicroBenchmarks.Run([.. args.Where(one => one != "--micro")]);

BenchOptions options;
try
{
    options = BenchOptions.Parse(args);
}
catch (Exception wrong) when (wrong is ArgumentException or FormatException)
{
    Console.Error.WriteLine($"{wrong.Message}\n{BenchOptions.Usage}");
    return 2;
}
if (!OperatingSystem.IsLinux())
{
    Console.Error.WriteLine("The bench runs on Linux: it loads through epoll, and reads what the kernel accounts.");
    return 2;
}

using var stop = new CancellationTokenSource();
using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
using var hangUp = PosixSignalRegistration.Create(PosixSignal.SIGHUP, Stop);
try
{
    return options.Scale ? await new ScaleBench(options, stop.Token).RunAsync() : new Bench(options, stop.Token).Run();
}
catch (OperationCanceledException)
{
    Console.Error.WriteLine("Stopped.");
    return 130;
}
catch (Exception wrong) when (wrong is InvalidOperationException or ArgumentException or TimeoutException)
{
    Console.Error.WriteLine(wrong.Message);
    return 2;
}

void Stop(PosixSignalContext signal)
{
    signal.Cancel = true;
    stop.Cancel();
}
