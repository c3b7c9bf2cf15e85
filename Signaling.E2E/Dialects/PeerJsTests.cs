using Signaling.E2E.Browsers;

namespace Signaling.E2E.Dialects;

public sealed class PeerJsTests(BrowserProcesses browsers, ClientPackages packages) : DialectTest(browsers, packages)
{
    protected override string Original => "peerjs.mjs";

    protected override (string Here, string There) Paths => ("/peerjs", "/peerjs");

    [Fact]
    public async Task Two_peers_open_a_data_connection_and_talk()
    {
        var alice = await OnlineAsync("alice");
        var bob = await OnlineAsync("bob");

        await TalkAsync(bob, alice, "alice");
    }

    [Fact]
    public async Task Who_brings_no_id_is_given_one()
    {
        var alice = await OpenAsync("peerjs");
        await alice.DoAsync("open", Address("http"));
        Assert.Matches("^open [0-9a-f-]{36}$", await alice.NextAsync());
    }

    [Fact]
    public async Task A_media_call_shows_both_to_each_other()
    {
        var alice = await OnlineAsync("alice");
        var bob = await OnlineAsync("bob");

        await bob.DoAsync("call", Id("alice"));
        await alice.SeesAsync("sees 1 video, hears 1 audio");
        await bob.SeesAsync("sees 1 video, hears 1 audio");
    }

    [Fact]
    public async Task After_a_restart_of_the_server_peers_reconnect_with_their_ids_and_meet()
    {
        var alice = await OnlineAsync("alice");
        var bob = await OnlineAsync("bob");

        await Server.StopAsync();
        foreach (var one in new[] { alice, bob })
        {
            // In this order, or the other: the library tells of both.
            Assert.Equal(["disconnected", "error network"], new[] { await one.NextAsync(), await one.NextAsync() }.Order());
        }
        await Server.StartAsync();
        await alice.DoAsync("reconnect");
        await alice.SeesAsync($"open {Id("alice")}");
        await bob.DoAsync("reconnect");
        await bob.SeesAsync($"open {Id("bob")}");

        await TalkAsync(bob, alice, "alice");
    }

    [Fact]
    public async Task An_id_that_somebody_has_is_taken()
    {
        await OnlineAsync("alice");
        var mallory = await OpenAsync("peerjs");
        await mallory.DoAsync("open", Address("http"), Id("alice"));
        await mallory.SeesAsync("error unavailable-id");
    }

    [Fact]
    public async Task Whoever_calls_somebody_who_is_not_there_is_told()
    {
        var alice = await OnlineAsync("alice");
        await alice.DoAsync("connect", Id("nobody"));
        await alice.SeesAsync("error peer-unavailable");
    }

    private string Id(string name) => $"{Unique}-{name}";

    private async Task<ClientPage> OnlineAsync(string name)
    {
        var page = await OpenAsync("peerjs");
        await page.DoAsync("open", Address("http"), Id(name));
        await page.SeesAsync($"open {Id(name)}");
        return page;
    }

    private async Task TalkAsync(ClientPage caller, ClientPage called, string name)
    {
        await caller.DoAsync("connect", Id(name));
        await caller.SeesAsync("channel");
        await called.SeesAsync("channel");
        await caller.DoAsync("say", "hello");
        await called.SeesAsync("heard hello");
        await called.DoAsync("say", "hello yourself");
        await caller.SeesAsync("heard hello yourself");
    }
}
