using Signaling.E2E.Browsers;
using Signaling.E2E.Evidence;

namespace Signaling.E2E;

public sealed class RoomsApart(BrowserProcesses browsers) : SystemTest(browsers)
{
    [Fact]
    public async Task Two_rooms_talk_at_the_same_time_and_nothing_crosses()
    {
        var elsewhere = $"{Room}-elsewhere";
        var here = await WitnessAsync();
        var there = await WitnessAsync(elsewhere);

        var alice = await OpenAsync("alice");
        var dave = await OpenAsync("dave", elsewhere);
        var bob = await OpenAsync("bob");
        var erin = await OpenAsync("erin", elsewhere);
        foreach (var somebody in (Tab[])[alice, bob, dave, erin]) await somebody.IsConnectedAsync();

        await alice.SayAsync("hello, bob");
        await bob.HearsAsync("hello, bob");
        await dave.SayAsync("hello, erin");
        await erin.HearsAsync("hello, erin");

        await WhenAsync(() => Heard(here, alice, bob) && Heard(there, dave, erin));
    }

    private static bool Heard(Witness witness, params Tab[] tabs) =>
        Sorted(witness.Heard).SequenceEqual(Sorted(tabs.SelectMany(tab => tab.Frames.Sent)));

    private static IEnumerable<string> Sorted(IEnumerable<Message> messages) => messages.Select(message => message.Text).Order(StringComparer.Ordinal);
}
