using System.Text.RegularExpressions;
using Signaling.E2E.Browsers;
using Signaling.E2E.Running;

namespace Signaling.E2E.Dialects;

/// <summary>simple-peer has no transport: it is given the relay's raw mode.</summary>
public sealed partial class SimplePeerTests(BrowserProcesses browsers, ClientPackages packages) : DialectTest(browsers, packages)
{
    protected override string? Original => null;

    protected override (string Here, string There) Paths => ($"/room/{Unique}", "");

    [Fact]
    public async Task Two_peers_in_a_raw_room_connect_and_talk()
    {
        var alice = await JoinAsync(initiator: false);
        var bob = await JoinAsync(initiator: true);
        await alice.SeesAsync("connected");
        await bob.SeesAsync("connected");

        await alice.DoAsync("say", "hello");
        await bob.SeesAsync("heard hello");
        await bob.DoAsync("say", "hello yourself");
        await alice.SeesAsync("heard hello yourself");
    }

    [Fact]
    public async Task A_browser_meets_a_peer_that_is_none()
    {
        var werift = Own(Child.Start("werift", ClientPackages.Program("node/werift-peer.mjs", Address("ws"))));
        await werift.SaysAsync(Waiting());
        var alice = await JoinAsync(initiator: true);
        await alice.SeesAsync("connected");

        await alice.DoAsync("say", "hello");
        await werift.SaysAsync(Heard());
        await alice.SeesAsync("heard echo of hello");
    }

    private async Task<ClientPage> JoinAsync(bool initiator)
    {
        var page = await OpenAsync("simple-peer");
        await page.DoAsync("join", Address("ws"), initiator);
        await page.SeesAsync("ready");
        return page;
    }

    [GeneratedRegex("^waiting$", RegexOptions.Multiline)]
    private static partial Regex Waiting();

    [GeneratedRegex("^heard hello$", RegexOptions.Multiline)]
    private static partial Regex Heard();
}
