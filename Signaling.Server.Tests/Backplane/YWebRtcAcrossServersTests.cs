using Signaling.Server.Tests.Harness;

namespace Signaling.Server.Tests.Backplane;

public sealed class YWebRtcAcrossServersTests : BackplaneTest
{
    [Fact]
    public async Task What_is_published_is_heard_by_the_subscribers_of_all_servers_and_counts_them()
    {
        var (one, other) = (await StartRelayAsync(), await StartRelayAsync());
        var alice = await SubscribedAsync(one);
        var bob = await SubscribedAsync(other);

        await UntilCountedAsync(alice, clients: 2);
        await UntilCountedAsync(bob, clients: 2);
        await alice.SayAsync("""{"type":"publish","topic":"room","data":{"type":"announce","from":"a"}}""");
        const string Announced = """{"type":"publish","topic":"room","data":{"type":"announce","from":"a"},"clients":2}""";
        Assert.Equal(Announced, await AfterCountingAsync(alice));
        Assert.Equal(Announced, await AfterCountingAsync(bob));
    }

    [Fact]
    public async Task What_the_first_subscriber_of_a_server_publishes_at_once_is_answered_and_the_answer_is_heard()
    {
        var (one, other) = (await StartRelayAsync(), await StartRelayAsync());
        var alice = await SubscribedAsync(one);
        await one.UntilReadyAsync("y-webrtc:room");

        // One after the other, without waiting: as y-webrtc does when its socket opens.
        var bob = await ConnectAsync(other);
        await bob.SayAsync("""{"type":"subscribe","topics":["room"]}""");
        await bob.SayAsync("""{"type":"publish","topic":"room","data":"announce"}""");
        Assert.Contains("announce", (await alice.NextAsync()).Text, StringComparison.Ordinal);
        await alice.SayAsync("""{"type":"publish","topic":"room","data":"signal"}""");

        Assert.Contains("announce", (await bob.NextAsync()).Text, StringComparison.Ordinal);
        Assert.Contains("signal", (await bob.NextAsync()).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_unsubscribes_or_goes_is_counted_no_longer_on_any_server()
    {
        var (one, other) = (await StartRelayAsync(), await StartRelayAsync());
        var alice = await SubscribedAsync(one);
        var bob = await SubscribedAsync(other);
        var carol = await SubscribedAsync(other);
        await UntilCountedAsync(alice, clients: 3);

        await bob.SayAsync("""{"type":"unsubscribe","topics":["room"]}""");
        await UntilCountedAsync(alice, clients: 2);
        carol.Cut();
        await UntilCountedAsync(alice, clients: 1);
    }

    private static async Task<Client> ConnectAsync(TestRelay relay)
    {
        var client = await relay.ConnectAsync();
        await client.UpgradeAsync("/y-webrtc");
        return client;
    }

    private static async Task<Client> SubscribedAsync(TestRelay relay)
    {
        var client = await ConnectAsync(relay);
        await client.SayAsync("""{"type":"subscribe","topics":["room"]}""");
        await client.SayAsync("""{"type":"ping"}""");
        await client.NextAsync();
        return client;
    }

    // Each server counts those of the others as it hears of them.
    private static async Task UntilCountedAsync(Client client, int clients)
    {
        string heard;
        do
        {
            await client.SayAsync("""{"type":"publish","topic":"room","data":"counting"}""");
            do heard = (await client.NextAsync()).Text;
            while (!heard.Contains("counting", StringComparison.Ordinal));
        }
        while (!heard.EndsWith($"\"clients\":{clients}}}", StringComparison.Ordinal));
    }

    private static async Task<string> AfterCountingAsync(Client client)
    {
        while (true)
        {
            var heard = (await client.NextAsync()).Text;
            if (!heard.Contains("counting", StringComparison.Ordinal)) return heard;
        }
    }
}
