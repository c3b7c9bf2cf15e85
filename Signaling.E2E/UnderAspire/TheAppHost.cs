using Aspire.Hosting.Testing;
using Signaling.E2E.Browsers;
using Signaling.E2E.Evidence;

namespace Signaling.E2E.UnderAspire;

public sealed class TheAppHost(BrowserProcesses browsers, ITestOutputHelper output) : AspireTest(browsers)
{
    [Fact]
    public async Task It_starts_a_dashboard_that_answers_and_a_system_in_which_two_browsers_meet()
    {
        await IsHealthyAsync("aspire-dashboard", TestContext.Current.CancellationToken);
        using var http = new HttpClient();
        using var dashboard = await http.GetAsync(new Uri(Dashboard, "/login"), TestContext.Current.CancellationToken);
        Assert.True(dashboard.IsSuccessStatusCode, $"The dashboard answered {dashboard.StatusCode}.");

        var room = new UriBuilder(App.GetEndpoint("relay", "http")) { Scheme = "ws", Path = $"/room/{Room}" }.Uri;
        var witness = Own(await Witness.JoinAsync(room, Changes));
        var alice = await OpenAsync("alice");
        var bob = await OpenAsync("bob");
        await alice.IsConnectedAsync();
        await bob.IsConnectedAsync();
        output.WriteLine($"From page load to open channel: {(await bob.Handshake).TotalMilliseconds:0} ms");

        await alice.SayAsync("hello, bob");
        await bob.HearsAsync("hello, bob");
        await bob.SayAsync("hello, alice");
        await alice.HearsAsync("hello, alice");

        await new HandshakeCheck(alice, bob, witness, relay: null, Changes).PassesAsync();
    }
}
