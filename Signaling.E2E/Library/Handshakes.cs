using Signaling.E2E.Browsers;

namespace Signaling.E2E.Library;

public sealed class Handshakes(BrowserProcesses browsers, ITestOutputHelper output) : LibraryTest(browsers)
{
    private const int Many = 50;

    [Fact]
    public async Task Fifty_in_a_row_and_who_comes_offers_once()
    {
        var (alice, bob) = (await OpenAsync("alice"), await OpenAsync("bob"));
        for (var round = 0; round < Many; round++)
        {
            var room = AnotherRoom();
            await alice.EnterAsync(room);
            await bob.EnterAsync(room);
            await TheyTalkAsync(alice, bob);

            Assert.Equal(new Offers(Sent: 0, Received: 1), await alice.OffersAsync());
            Assert.Equal(new Offers(Sent: 1, Received: 0), await bob.OffersAsync());
            await Task.WhenAll(alice.LeaveAsync(), bob.LeaveAsync());
        }
    }

    [Fact]
    public async Task Fifty_in_a_row_where_both_offer_at_once()
    {
        var (alice, bob) = (await OpenAsync("alice"), await OpenAsync("bob"));
        var crossed = 0;
        for (var round = 0; round < Many; round++)
        {
            await TheyCollideAsync(alice, bob, AnotherRoom());
            await TheyTalkAsync(alice, bob);
            if ((await alice.OffersAsync()).Sent > 0 && (await bob.OffersAsync()).Sent > 0) crossed++;
            await Task.WhenAll(alice.LeaveAsync(), bob.LeaveAsync());
        }
        output.WriteLine($"In {crossed} of {Many} rounds two offers crossed.");
        Assert.NotEqual(0, crossed);
    }

    [Fact]
    public async Task A_network_that_was_gone_and_is_back_is_looked_at_for_a_new_way()
    {
        var (alice, bob) = (await OpenAsync("alice"), await OpenAsync("bob"));
        var room = AnotherRoom();
        await alice.EnterAsync(room);
        await bob.EnterAsync(room);
        await TheyTalkAsync(alice, bob);

        await bob.LosesTheNetworkAsync();
        await bob.FindsTheNetworkAsync();
        await bob.IsWelcomedAsync(2);
        await bob.HasOfferedAsync(2);
        await bob.SayAsync("still here");
        await alice.HearsAsync("still here");
    }

    [Fact]
    public async Task Who_loads_the_page_anew_is_met_anew_and_so_are_both()
    {
        var (alice, bob) = (await OpenAsync("alice"), await OpenAsync("bob"));
        var room = AnotherRoom();
        await alice.EnterAsync(room);
        await bob.EnterAsync(room);
        await TheyTalkAsync(alice, bob);

        await bob.ReloadAsync();
        await alice.SeesAsync(0, "connected");
        await bob.EnterAsync(room);
        await TheyTalkAsync(alice, bob);

        await Task.WhenAll(alice.ReloadAsync(), bob.ReloadAsync());
        await Task.WhenAll(alice.EnterAsync(room), bob.EnterAsync(room));
        await TheyTalkAsync(alice, bob);
    }

    [Fact]
    public async Task A_relay_that_restarts_in_the_middle_of_a_handshake_delays_it()
    {
        var (alice, bob) = (await OpenAsync("alice"), await OpenAsync("bob"));
        var room = AnotherRoom();
        await alice.EnterAsync(room);
        await alice.LosesAnswersAsync(true);
        await bob.EnterAsync(room);
        await alice.HasBeenOfferedAsync(1);

        await Relay.StopAsync();
        await alice.LosesAnswersAsync(false);
        await Relay.StartAsync();
        await Task.WhenAll(alice.IsWelcomedAsync(2), bob.IsWelcomedAsync(2));
        await TheyTalkAsync(alice, bob);
    }
}
