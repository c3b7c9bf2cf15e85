using System.Runtime.InteropServices;
using Signaling.Soak;

SoakOptions options;
try
{
    options = SoakOptions.Parse(args);
}
catch (Exception wrong) when (wrong is ArgumentException or FormatException)
{
    Console.Error.WriteLine($"{wrong.Message}\n{SoakOptions.Usage}");
    return 2;
}

using var stop = new CancellationTokenSource();
using var hurry = new CancellationTokenSource();
using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
return await new Soak(options).RunAsync(stop.Token, hurry.Token);

// The first time it ends in order, the second time as soon as it can.
void Stop(PosixSignalContext signal)
{
    signal.Cancel = true;
    if (stop.IsCancellationRequested) hurry.Cancel();
    else stop.Cancel();
}
