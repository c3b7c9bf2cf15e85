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
Console.CancelKeyPress += (_, pressed) =>
{
    // The first time it ends in order, the second time at once.
    pressed.Cancel = !stop.IsCancellationRequested;
    stop.Cancel();
};
return await new Soak(options).RunAsync(stop.Token);
