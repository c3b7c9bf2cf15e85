using System.Globalization;

namespace Signaling.Bench;

/// <summary>What the command line says.</summary>
internal sealed record BenchOptions
{
    public const string Usage = """
        --quick             within a minute, to see that all works; its figures are rough
        --pin               the server on one CPU, the load on another
        --scenario NAME     only this one; may be repeated
        --servers a,b       of socket, stream, bun, ws; tls (stream), nginx (in front of socket); only when named: kestrel (stream on its transport)
        --rounds N          of which the medians are taken; 3
        --seconds S         of each measurement; 1.2
        --append            keeps what the file of results already has of other scenarios
        --out FOLDER        where the results go; artifacts/bench
        --scale             1, 2 and 3 relays with a redis-server between them, and what follows for more: docs/scaling.md
        --micro             encode, parse, fan-out and envelopes alone (BenchmarkDotNet, which takes what follows)
        --relay FOLDER      a relay that is published there, in place of this tree's
        """;

    public bool Quick { get; init; }

    public bool Pin { get; init; }

    public bool Append { get; init; }

    public bool Scale { get; init; }

    public IReadOnlyList<string> Scenarios { get; init; } = [];

    public IReadOnlyList<string> Servers { get; init; } = [];

    public int? Rounds { get; init; }

    public double? Seconds { get; init; }

    public string? Out { get; init; }

    public string? Relay { get; init; }

    public static BenchOptions Parse(string[] args)
    {
        var options = new BenchOptions();
        for (var i = 0; i < args.Length; i++)
        {
            options = args[i] switch
            {
                "--quick" => options with { Quick = true },
                "--pin" => options with { Pin = true },
                "--append" => options with { Append = true },
                "--scale" => options with { Scale = true },
                "--scenario" => options with { Scenarios = [.. options.Scenarios, Value()] },
                "--servers" => options with { Servers = Value().Split(',') },
                "--rounds" => options with { Rounds = int.Parse(Value(), CultureInfo.InvariantCulture) },
                "--seconds" => options with { Seconds = double.Parse(Value(), CultureInfo.InvariantCulture) },
                "--out" => options with { Out = Value() },
                "--relay" => options with { Relay = Value() },
                var other => throw new ArgumentException($"There is no option {other}."),
            };
            string Value() => ++i < args.Length ? args[i] : throw new ArgumentException($"{args[i - 1]} needs a value.");
        }
        return options;
    }
}
