using Signaling.E2E.Browsers;

namespace Signaling.E2E.Dialects;

public sealed class TrysteroTests(BrowserProcesses browsers, ClientPackages packages) : DialectTest(browsers, packages)
{
    protected override string Original => "webtorrent.mjs";

    protected override (string Here, string There) Paths => ("/announce", "/announce");

    [Fact]
    public async Task Two_peers_find_each_other_over_the_torrent_strategy_and_talk()
    {
        var alice = await OpenAsync("trystero");
        await alice.DoAsync("join", Address("ws"), Unique);
        var bob = await OpenAsync("trystero");
        await bob.DoAsync("join", Address("ws"), Unique);
        await alice.SeesAsync("joined");
        await bob.SeesAsync("joined");

        await alice.DoAsync("say", "hello");
        await bob.SeesAsync("heard hello");
        await bob.DoAsync("say", "hello yourself");
        await alice.SeesAsync("heard hello yourself");
    }
}
