using Signaling.E2E.Browsers;
using Signaling.E2E.Turn;

namespace Signaling.E2E;

/// <summary>The direct connection goes by a TURN server alone, and breaks because that forgets it; the relay is there all the time.</summary>
public sealed class BrokenChannel(BrowserProcesses browsers) : SystemTest(browsers)
{
    private const string TurnAlone = """
        const Real = RTCPeerConnection;
        window.RTCPeerConnection = class extends Real {
            constructor(configuration) { super({ ...configuration, iceTransportPolicy: 'relay' }); }
        };
        """;

    // Chromium gives a connection up after 15 to 30 seconds of silence; then the restart begins.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private Coturn? _coturn;

    protected override bool IsRaw => false;

    protected override string[] RelaySettings =>
        [$"--Ice:TurnUrls:0=turn:127.0.0.1:{_coturn!.Port}?transport=udp", $"--Ice:TurnSecret={Coturn.Secret}"];

    protected override async Task StartAsync()
    {
        Assert.SkipWhen(Coturn.Find() is null, "There is no turnserver on the PATH: install coturn.");
        _coturn = Own(await Coturn.StartAsync(Coturn.Find()!));
        await base.StartAsync();
    }

    [Fact]
    public async Task It_is_told_that_the_channel_is_lost_and_an_ICE_restart_brings_it_back()
    {
        var alice = await ComeAsync("alice", PageOf(Room), TurnAlone);
        var bob = await ComeAsync("bob", PageOf(Room), TurnAlone);
        await alice.IsConnectedWithAsync(1);
        await bob.IsConnectedWithAsync(1);
        var offers = Offers(alice, bob);

        await _coturn!.StopAsync();
        await alice.SeesAsync("does not answer", Patience);
        await bob.SeesAsync("does not answer", Patience);
        await alice.IsToldOfThePeerAsync("A new way is being looked for, by an ICE restart");
        _coturn = Own(await Coturn.StartAsync(Coturn.Find()!, _coturn.Port));

        await alice.SeesAsync("connected", Patience);
        await bob.SeesAsync("connected", Patience);
        Assert.True(Offers(alice, bob) > offers, "It mended without an offer.");
        await alice.Direct.SeesMessageAsync("does not answer");
        await alice.Direct.SeesMessageAsync("direct again");
        await alice.SayAsync("there you are");
        await bob.HearsAsync("there you are");
        await alice.HeardNothingOfAsync("left.");
    }

    private static int Offers(params Tab[] tabs) =>
        tabs.Sum(tab => tab.Frames.Sent.Count(message => message.Text.Contains("\"type\":\"offer\"", StringComparison.Ordinal)));
}
