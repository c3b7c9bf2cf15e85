using Signaling.E2E.Browsers;

namespace Signaling.E2E;

/// <summary>
/// A tab that its person does not look at, in a browser that slows it down as usual: its timers fire once a second at most.
/// The relay pings every three seconds and waits ten for an answer, so two minutes are forty chances to lose somebody.
/// </summary>
public sealed class BackgroundTab(BrowserProcesses browsers, ITestOutputHelper output) : SystemTest(browsers)
{
    private static readonly TimeSpan TwoMinutes = TimeSpan.FromMinutes(2);

    protected override bool IsRaw => false;

    protected override string[] RelaySettings => ["--KeepAlive:Interval=00:00:03", "--KeepAlive:Timeout=00:00:10", "--Resume:Grace=00:00:00"];

    [Fact]
    public async Task Hidden_for_two_minutes_it_keeps_its_place_its_channel_and_hears_what_is_said()
    {
        var alice = await ComeAsync("alice", PageOf(Room), await OrdinaryWindowAsync());
        await alice.ReachesTheRelayAsync();
        var bob = await OpenAsync("bob");
        await alice.IsConnectedWithAsync(1);
        await bob.IsConnectedWithAsync(1);

        await alice.HideAsync();
        var ticks = await alice.IsHiddenForAsync(TwoMinutes);
        output.WriteLine($"A timer of 100 ms fired {ticks:0.00} times a second.");
        Assert.InRange(ticks, 0.1, 2);

        await bob.SayAsync("are you asleep?");
        await alice.HearsAsync("are you asleep?");
        Assert.Single(alice.Frames.Received, message => message.Kind == "welcome");
        Assert.DoesNotContain(bob.Frames.Received, message => message.Kind == "leave");
        await alice.IsConnectedWithAsync(1);
        var carol = await OpenAsync("carol");
        await carol.IsConnectedWithAsync(2);
    }
}
