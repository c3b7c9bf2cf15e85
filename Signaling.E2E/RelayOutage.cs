using Signaling.E2E.Browsers;

namespace Signaling.E2E;

public sealed class RelayOutage(BrowserProcesses browsers) : SystemTest(browsers)
{
    [Fact]
    public async Task The_channel_outlives_the_relay_and_after_its_return_two_others_meet()
    {
        var alice = await OpenAsync("alice");
        var bob = await OpenAsync("bob");
        await alice.IsConnectedAsync();
        await bob.IsConnectedAsync();

        await Relay.StopAsync();
        await alice.MissesTheRelayAsync();
        await bob.MissesTheRelayAsync();
        await alice.SayAsync("still here?");
        await bob.HearsAsync("still here?");
        await bob.SayAsync("still here");
        await alice.HearsAsync("still here");

        await Relay.StartAsync();
        await alice.ReachesTheRelayAsync();
        await alice.SeesAsync("connected");
        var carol = await OpenAsync("carol", $"{Room}-again");
        var dave = await OpenAsync("dave", $"{Room}-again");
        await carol.IsConnectedAsync();
        await dave.SayAsync("hello, carol");
        await carol.HearsAsync("hello, carol");
    }

    // A browser has its own line for a WebSocket that finds nobody; no page can keep it from being written.
    protected override bool IsExpected(string logged) => logged.Contains("WebSocket connection to", StringComparison.Ordinal);
}
