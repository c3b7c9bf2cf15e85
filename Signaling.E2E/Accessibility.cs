using Signaling.E2E.Browsers;

namespace Signaling.E2E;

/// <summary>Whoever uses a screen reader or a keyboard, or sees little, can use our pages, too.</summary>
public sealed class Accessibility(BrowserProcesses browsers) : SystemTest(browsers)
{
    protected override bool IsRaw => false;

    [Fact]
    public async Task Of_the_demo_while_it_waits_and_in_a_conversation()
    {
        var alice = await OpenAsync("alice");
        await alice.SeesAsync("waiting for a second tab");
        await alice.IsAccessibleAsync();

        var bob = await OpenAsync("bob");
        await bob.IsConnectedAsync();
        await bob.SayAsync("hello, alice");
        await alice.HearsAsync("hello, alice");
        await alice.IsAccessibleAsync();
    }

    [Fact]
    public async Task Of_the_page_that_the_relay_answers_people_with()
    {
        var visitor = await OpenAsync("visitor");
        await visitor.VisitAsync(Relay.Url);
        await visitor.IsAccessibleAsync();
    }
}
