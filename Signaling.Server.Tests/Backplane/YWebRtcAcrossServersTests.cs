using Microsoft.Extensions.DependencyInjection;
using Signaling.Server.Backplane;
using Signaling.Server.Tests.Harness;

namespace Signaling.Server.Tests.Backplane;

public sealed class YWebRtcAcrossServersTests : BackplaneTest
{
    private static readonly string[] DirectOnly = ["direct"];

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

    [Fact]
    public async Task Who_publishes_without_a_subscription_is_heard_on_other_servers_in_order_and_with_their_count()
    {
        var (one, other, third) = (await StartRelayAsync(), await StartRelayAsync(), await StartRelayAsync());
        Client[] subscribers = [await SubscribedAsync(one), await SubscribedAsync(one), await SubscribedAsync(third)];
        await UntilCountedAsync(subscribers[0], clients: 3);
        await UntilCountedAsync(subscribers[2], clients: 3);

        // From the first on, which opens the topic.
        var publisher = await ConnectAsync(other);
        for (var i = 0; i < 50; i++) await publisher.SayAsync($$"""{"type":"publish","topic":"room","data":{{i}}}""");

        foreach (var subscriber in subscribers)
        {
            Assert.Equal("""{"type":"publish","topic":"room","data":0,"clients":3}""", await AfterCountingAsync(subscriber));
            for (var i = 1; i < 50; i++) Assert.Equal($$"""{"type":"publish","topic":"room","data":{{i}},"clients":3}""", (await subscriber.NextAsync()).Text);
        }
        // The publisher is no subscriber: the answer to a ping is all that it hears.
        await PongAsync(publisher);
    }

    [Fact]
    public async Task Who_subscribes_after_he_has_published_is_heard_in_the_order_in_which_he_spoke()
    {
        var (one, other) = (await StartRelayAsync(), await StartRelayAsync());
        var alice = await SubscribedAsync(one);
        await one.UntilReadyAsync("y-webrtc:room");

        var bob = await ConnectAsync(other);
        await bob.SayAsync("""{"type":"publish","topic":"room","data":"first"}""");
        await bob.SayAsync("""{"type":"subscribe","topics":["room"]}""");
        await bob.SayAsync("""{"type":"publish","topic":"room","data":"second"}""");
        await bob.SayAsync("""{"type":"unsubscribe","topics":["room"]}""");
        await bob.SayAsync("""{"type":"publish","topic":"room","data":"third"}""");

        foreach (var word in new[] { "first", "second", "third" }) Assert.Contains(word, (await alice.NextAsync()).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_topic_that_was_opened_to_publish_is_let_go_again_and_one_that_nobody_can_subscribe_to_is_not_opened()
    {
        var relay = await StartRelayAsync();
        var publisher = await ConnectAsync(relay);

        await publisher.SayAsync($$"""{"type":"publish","topic":"{{new string('x', 257)}}"}""");
        await PongAsync(publisher);
        Assert.Equal(0, OpenTopics(relay));
        for (var i = 0; i < 20; i++) await publisher.SayAsync($$"""{"type":"publish","topic":"{{i}}"}""");
        await PongAsync(publisher);
        Assert.Equal(20, OpenTopics(relay));

        // While the publisher is still there.
        await PassAsync(relay, relay.UntilAsync(() => OpenTopics(relay) == 0));
        await AnswerIsAsync("0", "PUBSUB", "CHANNELS", "signaling:*");
        await AnswerIsAsync("1", "DBSIZE");
        await PongAsync(publisher);
    }

    [Fact]
    public async Task A_token_that_does_not_allow_to_publish_or_to_be_there_does_not_allow_it_elsewhere_either()
    {
        var relay = await StartRelayAsync(TokenMaker.Setting);
        string[] tokens = [TokenMaker.For(relay, "a", can: DirectOnly), TokenMaker.For(relay, "b", room: "y-webrtc:another")];
        foreach (var token in tokens)
        {
            var client = await ConnectAsync(relay, $"?access_token={token}");
            await client.SayAsync("""{"type":"publish","topic":"room"}""");
            await PongAsync(client);
            Assert.Equal(0, OpenTopics(relay));
        }

        var allowed = await ConnectAsync(relay, $"?access_token={TokenMaker.For(relay, "c")}");
        await allowed.SayAsync("""{"type":"publish","topic":"room"}""");
        await PongAsync(allowed);
        Assert.Equal(1, OpenTopics(relay));
    }

    private static async Task<Client> ConnectAsync(TestRelay relay, string query = "")
    {
        var client = await relay.ConnectAsync();
        await client.UpgradeAsync($"/y-webrtc{query}");
        return client;
    }

    // All that it hears next.
    private static async Task PongAsync(Client client)
    {
        await client.SayAsync("""{"type":"ping"}""");
        Assert.Equal("""{"type":"pong"}""", (await client.NextAsync()).Text);
    }

    private static int OpenTopics(TestRelay relay) => relay.Services.GetRequiredService<Topics>().Count;

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
