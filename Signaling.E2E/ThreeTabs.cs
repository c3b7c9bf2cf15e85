using Signaling.E2E.Browsers;

namespace Signaling.E2E;

public sealed class ThreeTabs(BrowserProcesses browsers) : SystemTest(browsers)
{
    [Fact]
    public async Task A_third_is_told_that_the_room_is_full_and_the_two_go_on()
    {
        var alice = await OpenAsync("alice");
        var bob = await OpenAsync("bob");
        await alice.IsConnectedAsync();
        await bob.IsConnectedAsync();

        var carol = await OpenAsync("carol");
        await carol.SeesAsync("room is full");
        await carol.CannotSayAnythingAsync();

        await alice.SayAsync("just the two of us");
        await bob.HearsAsync("just the two of us");
        await bob.SeesAsync("connected");
        await carol.HeardNothingOfAsync("just the two of us");
    }
}
