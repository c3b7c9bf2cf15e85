namespace Signaling.Bench.Load;

/// <summary>How long the messages of signaling are.</summary>
internal static class Sizes
{
    /// <summary>From a candidate to the offer of a browser with audio and video.</summary>
    public static readonly int[] Mixed = [180, 2400, 210, 420, 240, 1200, 190, 800, 260, 1800, 220, 600];

    public const int Description = 2400;
    public const int Candidate = 200;
    public const int Large = 65_536;
}
