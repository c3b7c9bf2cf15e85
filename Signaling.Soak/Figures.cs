using System.Globalization;

namespace Signaling.Soak;

/// <summary>What is counted. Changed under the world's gate.</summary>
internal sealed class Figures
{
    public long Sent { get; set; }

    public long Delivered { get; set; }

    public long Refused { get; set; }

    public long Joins { get; set; }

    public long Kills { get; set; }

    public long Silences { get; set; }

    public long Stalls { get; set; }

    public long Floods { get; set; }

    public long TakeOvers { get; set; }

    public long Resumed { get; set; }

    public long ResumedWithGap { get; set; }

    public long CameFresh { get; set; }

    public long Fences { get; set; }

    public long PairLives { get; set; }

    public long PairMessages { get; set; }

    public SortedDictionary<int, long> Ends { get; } = [];

    public void Ended(int code) => Ends[code] = Ends.GetValueOrDefault(code) + 1;

    public string Summary() => string.Create(CultureInfo.InvariantCulture, $"""
        messages    {Sent:n0} sent, {Delivered:n0} delivered, {Refused:n0} refused and told so
        lives       {Joins:n0} joins, {Kills:n0} kills, {Silences:n0} lines gone silent, {Stalls:n0} readers stalled, {Floods:n0} floods, {TakeOvers:n0} take-overs
        resumes     {Resumed:n0} with everything, {ResumedWithGap:n0} with a gap that was told, {CameFresh:n0} came too late and were new
        closes      {string.Join(", ", Ends.Select(end => $"{(end.Key == 1006 ? "without a Close" : end.Key.ToString(CultureInfo.InvariantCulture))}: {end.Value:n0}"))}
        pairs       {PairLives:n0} came and went, {PairMessages:n0} messages delivered
        checks      {Fences:n0} fences held
        """);
}
