using System.Globalization;

namespace Signaling.Soak;

/// <summary>What the command line says.</summary>
/// <param name="Time">How long.</param>
/// <param name="Peers">How many peers at a time, about.</param>
/// <param name="Seed">The choices of each peer follow from it; what the relay and the network make of them does not.</param>
/// <param name="Pairs">How many pairs come and go beside them, two connections each.</param>
/// <param name="Wire">What carries the relay's connections: auto, stream or socket.</param>
/// <param name="Silence">How long the relay bears to hear nothing of a line. Short, so that a run sees many of them end; with thousands of lines the soak itself needs longer to answer.</param>
/// <param name="Url">A relay that runs already, on loopback; null: one is started.</param>
internal sealed record SoakOptions(TimeSpan Time, int Peers, int Seed, int Pairs, string Wire, TimeSpan Silence, Uri? Url)
{
    public const string Usage = "--minutes N  --peers N  --seed N  --pairs N  --wire auto|stream|socket  --silence SECONDS  --url ws://127.0.0.1:PORT";

    public static SoakOptions Parse(string[] args)
    {
        var options = new SoakOptions(TimeSpan.FromMinutes(20), 200, Random.Shared.Next(100_000), 50, "auto", TimeSpan.FromSeconds(8), null);
        if (args.Length % 2 != 0) throw new ArgumentException("Each option has a value.");
        foreach (var pair in args.Chunk(2))
        {
            options = pair[0] switch
            {
                "--minutes" => options with { Time = TimeSpan.FromMinutes(double.Parse(pair[1], CultureInfo.InvariantCulture)) },
                "--peers" => options with { Peers = int.Parse(pair[1], CultureInfo.InvariantCulture) },
                "--seed" => options with { Seed = int.Parse(pair[1], CultureInfo.InvariantCulture) },
                "--pairs" => options with { Pairs = int.Parse(pair[1], CultureInfo.InvariantCulture) },
                "--wire" => options with { Wire = pair[1] },
                "--silence" => options with { Silence = TimeSpan.FromSeconds(double.Parse(pair[1], CultureInfo.InvariantCulture)) },
                "--url" => options with { Url = new Uri(pair[1]) },
                _ => throw new ArgumentException($"There is no option {pair[0]}."),
            };
        }
        if (options.Url is { IsLoopback: false }) throw new ArgumentException("A soak is for a relay on this machine: --url must be of loopback.");
        return options;
    }
}
