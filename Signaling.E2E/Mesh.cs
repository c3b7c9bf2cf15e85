using Signaling.E2E.Browsers;

namespace Signaling.E2E;

/// <summary>The page as people open it: in envelope mode, with as many tabs as come.</summary>
public sealed class Mesh(BrowserProcesses browsers) : SystemTest(browsers)
{
    protected override bool IsRaw => false;

    [Fact]
    public async Task Two_meet_and_when_one_leaves_the_other_is_told()
    {
        var alice = await OpenAsync("alice");
        await alice.SeesAsync("waiting for a second tab");
        await alice.CannotSayAnythingAsync();
        var bob = await OpenAsync("bob");
        await alice.IsConnectedAsync();
        await bob.IsConnectedAsync();

        await alice.SayAsync("hello, bob");
        await bob.HearsAsync("hello, bob");
        await bob.CloseAsync();
        await alice.SeesAsync("peer left");
    }

    [Fact]
    public async Task Three_are_all_connected_with_each_other()
    {
        var alice = await OpenAsync("alice");
        var bob = await OpenAsync("bob");
        var carol = await OpenAsync("carol");
        Tab[] everybody = [alice, bob, carol];
        foreach (var one in everybody) await one.IsConnectedWithAsync(2);

        foreach (var one in everybody)
        {
            await one.SayAsync($"hello from {one.Name}");
            foreach (var other in everybody) await other.HearsAsync($"hello from {one.Name}");
        }
        await carol.CloseAsync();
        await alice.IsConnectedWithAsync(1);
        await bob.IsConnectedWithAsync(1);
    }

    [Fact]
    public async Task Who_reloads_the_page_is_back_and_so_are_both_when_both_do()
    {
        var alice = await OpenAsync("alice");
        var bob = await OpenAsync("bob");
        await bob.IsConnectedWithAsync(1);

        await bob.ReloadAsync();
        await bob.IsConnectedWithAsync(1);
        await bob.SayAsync("back again");
        await alice.HearsAsync("back again");

        await Task.WhenAll(alice.ReloadAsync(), bob.ReloadAsync());
        await alice.IsConnectedWithAsync(1);
        await bob.IsConnectedWithAsync(1);
        await bob.SayAsync("both of us");
        await alice.HearsAsync("both of us");
    }

    [Fact]
    public async Task Channels_outlive_a_restart_of_the_relay_and_who_comes_after_it_meets_everybody()
    {
        var alice = await OpenAsync("alice");
        var bob = await OpenAsync("bob");
        await alice.IsConnectedWithAsync(1);
        await bob.IsConnectedWithAsync(1);
        var before = alice.Frames.Sent.Count;

        await Relay.StopAsync();
        await alice.MissesTheRelayAsync();
        await bob.MissesTheRelayAsync();
        await alice.SayAsync("still here?");
        await bob.HearsAsync("still here?");

        await Relay.StartAsync();
        await alice.ReachesTheRelayAsync();
        await bob.ReachesTheRelayAsync();
        var carol = await OpenAsync("carol");
        await carol.IsConnectedWithAsync(2);
        await bob.SayAsync("and still here");
        await alice.HearsAsync("and still here");
        Assert.DoesNotContain(alice.Frames.Sent.Skip(before), message => message.Text.Contains("\"type\":\"offer\"", StringComparison.Ordinal));
    }

    // A browser has its own line for a WebSocket that finds nobody; no page can keep it from being written.
    protected override bool IsExpected(string logged) => logged.Contains("WebSocket connection to", StringComparison.Ordinal);
}
