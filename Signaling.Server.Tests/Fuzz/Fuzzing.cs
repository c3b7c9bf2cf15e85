using System.Globalization;
using CsCheck;

namespace Signaling.Server.Tests.Fuzz;

/// <summary>
/// Runs a property on generated cases: the same ones each time, unless asked for others.
/// <c>FUZZ_ITERATIONS</c> runs more of each property, <c>FUZZ_SEED</c> others.
/// </summary>
internal static class Fuzzing
{
    public static int Seed { get; } = Setting("FUZZ_SEED") ?? 2026;

    /// <summary>How many cases: as many as asked for, else as many as a usual run takes.</summary>
    public static int Iterations(int usual) => Setting("FUZZ_ITERATIONS") ?? usual;

    public static void Holds<T>(this Gen<T> cases, Action<T> property, int iterations)
    {
        for (var i = 0; i < Iterations(iterations); i++)
        {
            try
            {
                property(Case(cases, i));
            }
            catch (Exception)
            {
                // Once more, to look for the smallest case that fails; it throws with that.
                cases.Sample(property, seed: Random(i).ToString(), iter: 10_000, threads: 1);
                throw;
            }
        }
        Say(iterations);
    }

    /// <summary>The case of that number.</summary>
    public static T Case<T>(Gen<T> cases, int number) => cases.Generate(Random(number), null, out _);

    public static void Say(int iterations) =>
        TestContext.Current.SendDiagnosticMessage($"{TestContext.Current.TestMethod?.MethodName}: {Iterations(iterations)} cases, FUZZ_SEED={Seed}");

    // A stream of numbers of its own for each case, so that one can be looked at alone.
    private static PCG Random(int number) => new((uint)number + 1, (ulong)Seed);

    private static int? Setting(string name) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : null;
}
