namespace Signaling.Bench.Scenarios;

/// <summary>How long things are done.</summary>
/// <param name="FirstWarmUp">Of a process that has done nothing yet: .NET compiles what is hot, which takes long on one CPU.</param>
/// <param name="WarmUp">Of one that has.</param>
/// <param name="Time">Of a measurement.</param>
/// <param name="Idle">Of the measurement of those who do nothing.</param>
/// <param name="Settling">Of the rest before that.</param>
/// <param name="Idlers">How many do nothing.</param>
internal sealed record Pace(TimeSpan FirstWarmUp, TimeSpan WarmUp, TimeSpan Time, TimeSpan Idle, TimeSpan Settling, int Idlers)
{
    public static readonly Pace Full = new(TimeSpan.FromSeconds(4), TimeSpan.FromSeconds(0.7), TimeSpan.FromSeconds(1.2), TimeSpan.FromSeconds(27), TimeSpan.FromSeconds(3), 10_000);

    public static readonly Pace Quick = new(TimeSpan.FromSeconds(0.4), TimeSpan.FromSeconds(0.05), TimeSpan.FromSeconds(0.15), TimeSpan.FromSeconds(0.5), TimeSpan.FromSeconds(0.2), 1_000);
}
