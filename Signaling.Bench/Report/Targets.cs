namespace Signaling.Bench.Report;

/// <summary>How much CPU a delivery may cost, as a share of what it costs another server.</summary>
internal static class Targets
{
    /// <summary>What an envelope may cost, as a ratio to raw mode.</summary>
    public const double EnvelopeToRaw = 1.5;

    /// <summary>The most that the ratio may be; null: there is no such target.</summary>
    public static double? Of(string from, string to, string scenario) => (from, to) switch
    {
        ("socket", "bun") => 1.0,
        ("socket", "ws") => 0.9,
        ("stream", "ws") => scenario switch
        {
            "pair" or "pairs" => 2.0,
            "handshakes" => null,
            _ => 1.0,
        },
        _ => null,
    };
}
