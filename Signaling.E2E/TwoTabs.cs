using Signaling.E2E.Browsers;

namespace Signaling.E2E;

public sealed class TwoTabs(BrowserProcesses browsers, ITestOutputHelper output) : SystemTest(browsers)
{
    [Fact]
    public async Task Two_browsers_meet_through_the_relay_and_talk_without_it()
    {
        var witness = await WitnessAsync();
        var alice = await OpenAsync("alice");
        await alice.SeesAsync("waiting for a second tab");
        await alice.CannotSayAnythingAsync();
        var bob = await OpenAsync("bob");

        await alice.IsConnectedAsync();
        await bob.IsConnectedAsync();
        output.WriteLine($"From page load to open channel: {(await bob.Handshake).TotalMilliseconds:0} ms");

        await alice.SayAsync("hello, bob");
        await bob.HearsAsync("hello, bob");
        await bob.SayAsync("hello, alice");
        await alice.HearsAsync("hello, alice");

        await Handshake(alice, bob, witness).PassesAsync();
    }

    [Fact]
    public async Task When_one_leaves_the_other_is_told_and_can_meet_somebody_new()
    {
        var alice = await OpenAsync("alice");
        var bob = await OpenAsync("bob");
        await alice.IsConnectedAsync();

        await bob.CloseAsync();
        await alice.SeesAsync("peer left");

        var carol = await OpenAsync("carol");
        await carol.IsConnectedAsync();
        await carol.SayAsync("hello, alice");
        await alice.HearsAsync("hello, alice");
    }
}
