using Signaling.E2E.Browsers;
using Signaling.E2E.Evidence;
using Signaling.E2E.Running;
using Xunit.Sdk;

namespace Signaling.E2E;

public sealed class TheCheckItself(BrowserProcesses browsers) : SystemTest(browsers)
{
    [Fact]
    public async Task It_fails_and_says_why_when_the_relay_forwards_no_candidates()
    {
        var witness = await WitnessAsync();
        var alice = await OpenAsync("alice");
        var bob = await OpenAsync("bob");
        await WhenAsync(() => Answered(alice, bob) && Sent(alice, "candidate") && Sent(bob, "candidate"));

        var failure = await Assert.ThrowsAsync<FailException>(() => Handshake(alice, bob, witness).PassesAsync(TimeSpan.FromSeconds(1)));

        Assert.Contains("alice got no candidate", failure.Message);
        Assert.Contains("bob got no candidate", failure.Message);
        Assert.Contains("the witness did not hear exactly what alice sent", failure.Message);
        Assert.DoesNotContain("got no answer", failure.Message);
        Assert.DoesNotContain("got an offer", failure.Message);
    }

    protected override async Task<IDemoPage> ServePageAsync() =>
        await DevelopmentPage.StartAsync(Own(await ForgetfulProxy.StartAsync(Relay.Url, forgets: "candidate")).Url);

    private static bool Answered(params Tab[] tabs) => tabs.Any(tab => tab.Frames.Received.Any(message => message.Kind == "answer"));

    private static bool Sent(Tab tab, string kind) => tab.Frames.Sent.Any(message => message.Kind == kind);
}
