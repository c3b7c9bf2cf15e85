using Signaling.E2E.Browsers;

namespace Signaling.E2E;

public sealed class RoomsApart(BrowserProcesses browsers) : SystemTest(browsers)
{
    [Fact]
    public async Task Nothing_of_one_room_is_heard_in_another()
    {
        var elsewhere = $"{Room}-elsewhere";
        var witness = await WitnessAsync();
        var outsider = await WitnessAsync(elsewhere);
        var dave = await OpenAsync("dave", elsewhere);
        var alice = await OpenAsync("alice");
        var bob = await OpenAsync("bob");
        await alice.IsConnectedAsync();
        await bob.IsConnectedAsync();

        // Dave's own words come last: whatever had crossed would have come before them.
        await dave.ReloadAsync();
        await WhenAsync(() => outsider.Heard.Count >= 2);

        await dave.SeesAsync("waiting for a second tab");
        Assert.Empty(dave.Frames.Received);
        Assert.Equal(dave.Frames.Sent, outsider.Heard);
        Assert.DoesNotContain(witness.Heard, message => outsider.Heard.Contains(message));
    }
}
