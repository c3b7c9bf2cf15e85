using Signaling.E2E.Browsers;
using Signaling.E2E.Telemetry;

namespace Signaling.E2E.Evidence;

/// <summary>
/// The check of the whole: offer, answer and candidates went through the relay, and browsers, witness and relay tell the same story.
/// (Where the relay reports to a dashboard instead, browsers and witness must do.)
/// Candidates trickle and counters are exported now and then, so it looks again whenever something new was seen.
/// </summary>
public sealed class HandshakeCheck(Tab first, Tab second, Witness witness, OtlpReceiver? relay, Changes changes)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    public async Task PassesAsync(TimeSpan? patience = null)
    {
        var sightings = await LookAsync();
        if (await changes.UntilAsync(async () => !(sightings = await LookAsync()).Contradictions().Any(), patience ?? Patience)) return;
        Assert.Fail(string.Join(Environment.NewLine, sightings.Contradictions()));
    }

    private async Task<Sightings> LookAsync() => new(
        await Account.OfAsync(first),
        await Account.OfAsync(second),
        witness.Heard,
        relay is null ? null : new RelayCount(relay.Total("signaling.messages.received"), relay.Total("signaling.messages.delivered")));
}
