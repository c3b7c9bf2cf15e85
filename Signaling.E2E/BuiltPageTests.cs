using Signaling.E2E.Browsers;
using Signaling.E2E.Running;

namespace Signaling.E2E;

public sealed class BuiltPageTests(BrowserProcesses browsers, ITestOutputHelper output) : SystemTest(browsers)
{
    [Fact]
    public async Task The_built_page_on_any_file_server_meets_through_the_relay_that_its_address_names()
    {
        var witness = await WitnessAsync();
        var alice = await OpenAsync("alice");
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

    protected override Task<IDemoPage> ServePageAsync() => BuiltPage.StartAsync(Relay.Url);
}
