using System.Text.Json;
using Signaling.Server.Sockets;
using Signaling.Server.Tests.Harness;

namespace Signaling.Server.Tests.Protocols.YWebRtc;

public sealed class YWebRtcTests
{
    private const string Path = "/y-webrtc";

    [Fact]
    public async Task What_is_published_reaches_all_subscribers_and_the_sender_with_their_number()
    {
        await using var relay = await TestRelay.StartAsync();
        var alice = await SubscribedAsync(relay, "room");
        var bob = await SubscribedAsync(relay, "room", "another");

        await alice.SayAsync("""{"type":"publish","topic":"room","data":{"type":"announce","from":"a"},"extra":[1, 2]}""");
        const string heard = """{"type":"publish","topic":"room","data":{"type":"announce","from":"a"},"extra":[1, 2],"clients":2}""";
        Assert.Equal(heard, (await alice.NextAsync()).Text);
        Assert.Equal(heard, (await bob.NextAsync()).Text);
    }

    [Fact]
    public async Task Who_publishes_need_not_be_a_subscriber_and_hears_nothing_then()
    {
        await using var relay = await TestRelay.StartAsync();
        var alice = await SubscribedAsync(relay, "room");
        var bob = await ConnectAsync(relay);

        await bob.SayAsync("""{"type":"publish","topic":"room","data":"x"}""");
        Assert.Equal("""{"type":"publish","topic":"room","data":"x","clients":1}""", (await alice.NextAsync()).Text);
        await HearsNothingAsync(bob);
    }

    [Fact]
    public async Task Nothing_is_kept_for_a_topic_that_nobody_has()
    {
        await using var relay = await TestRelay.StartAsync();
        var alice = await ConnectAsync(relay);
        await alice.SayAsync("""{"type":"publish","topic":"room","data":"x"}""");
        await HearsNothingAsync(alice);

        var bob = await SubscribedAsync(relay, "room");
        await HearsNothingAsync(bob);
    }

    [Fact]
    public async Task Who_unsubscribes_or_goes_is_counted_no_longer()
    {
        await using var relay = await TestRelay.StartAsync();
        var alice = await SubscribedAsync(relay, "room");
        var bob = await SubscribedAsync(relay, "room");
        var carol = await SubscribedAsync(relay, "room");

        await bob.SayAsync("""{"type":"unsubscribe","topics":["room","never heard of"]}""");
        await HearsNothingAsync(bob);
        carol.Cut();
        await relay.Instruments.IsAsync("signaling.peers", 2);

        await alice.SayAsync("""{"type":"publish","topic":"room"}""");
        Assert.Equal("""{"type":"publish","topic":"room","clients":1}""", (await alice.NextAsync()).Text);
        await HearsNothingAsync(bob);
    }

    [Fact]
    public async Task To_subscribe_twice_is_to_subscribe_once()
    {
        await using var relay = await TestRelay.StartAsync();
        var alice = await SubscribedAsync(relay, "room", "room");
        await alice.SayAsync("""{"type":"subscribe","topics":["room"]}""");

        await alice.SayAsync("""{"type":"publish","topic":"room"}""");
        Assert.Equal("""{"type":"publish","topic":"room","clients":1}""", (await alice.NextAsync()).Text);
        await HearsNothingAsync(alice);
    }

    [Theory]
    [InlineData("""{"clients":99,"topic":"room","type":"publish"}""")]
    [InlineData("""  { "topic" : "room" , "type":"publish" , "clients":{"a":[]} }  """)]
    public async Task The_server_counts_whatever_the_client_says(string said)
    {
        await using var relay = await TestRelay.StartAsync();
        var alice = await SubscribedAsync(relay, "room");
        await alice.SayAsync(said);
        using var heard = JsonDocument.Parse((await alice.NextAsync()).Text);
        Assert.Equal(1, heard.RootElement.GetProperty("clients").GetInt32());
    }

    [Fact]
    public async Task Binary_frames_that_hold_JSON_are_read_and_the_receivers_are_sent_text()
    {
        await using var relay = await TestRelay.StartAsync();
        var alice = await SubscribedAsync(relay, "room");
        await alice.SayAsync(Opcode.Binary, """{"type":"publish","topic":"room"}"""u8.ToArray());
        var heard = await alice.NextAsync();
        Assert.Equal((Opcode.Text, """{"type":"publish","topic":"room","clients":1}"""), (heard.Opcode, heard.Text));
    }

    [Theory]
    [InlineData("not json")]
    [InlineData("""{"type":"subscribe","topics":"x"}""")]
    [InlineData("""{"type":"subscribe","topics":{"x":1}}""")]
    [InlineData("""{"type":"subscribe"}""")]
    [InlineData("""{"type":"publish"}""")]
    [InlineData("""{"type":"publish","topic":""}""")]
    [InlineData("""{"type":"publish","topic":7}""")]
    [InlineData("""{"type":"publish","topic":"\ud800"}""")]
    [InlineData("""{"type":"publish","topic":"room"} and more""")]
    [InlineData("""{"type":"publish","topic":"room" """)]
    [InlineData("""{"type":"nothing known","topic":"room"}""")]
    [InlineData("""{"type":null}""")]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("7")]
    public async Task What_ends_the_original_and_other_junk_is_ignored(string junk)
    {
        await using var relay = await TestRelay.StartAsync();
        var alice = await SubscribedAsync(relay, "room");
        var mallory = await SubscribedAsync(relay, "room");

        await mallory.SayAsync(junk);
        await HearsNothingAsync(mallory);
        await HearsNothingAsync(alice);
    }

    [Fact]
    public async Task Bytes_that_are_not_UTF_8_reach_nobody()
    {
        await using var relay = await TestRelay.StartAsync();
        var alice = await SubscribedAsync(relay, "room");
        await alice.SayAsync(Opcode.Binary, [.. """{"type":"publish","topic":"room","data":" """u8, 0xFF, .. "\"}"u8]);
        await HearsNothingAsync(alice);
    }

    [Fact]
    public async Task Topics_that_are_no_strings_are_passed_over()
    {
        await using var relay = await TestRelay.StartAsync();
        var alice = await ConnectAsync(relay);
        await alice.SayAsync("""{"topics":[null,7,["nested"],{"a":"b"},"room"],"type":"subscribe"}""");
        await alice.SayAsync("""{"type":"publish","topic":"nested"}""");
        await alice.SayAsync("""{"type":"publish","topic":"room"}""");
        Assert.Equal("""{"type":"publish","topic":"room","clients":1}""", (await alice.NextAsync()).Text);
    }

    [Fact]
    public async Task A_connection_may_have_100_topics()
    {
        await using var relay = await TestRelay.StartAsync();
        var alice = await SubscribedAsync(relay, [.. Enumerable.Range(0, 100).Select(i => $"topic {i}")]);
        await alice.SayAsync("""{"type":"subscribe","topics":["one more"]}""");
        Assert.Equal(1008, (await alice.CloseAsync()).CloseCode);
    }

    [Theory]
    [InlineData(256, false)]
    [InlineData(257, true)]
    public async Task A_topic_has_256_characters_at_most(int length, bool closed)
    {
        await using var relay = await TestRelay.StartAsync();
        var alice = await ConnectAsync(relay);
        await alice.SayAsync($$"""{"type":"subscribe","topics":["{{new string('x', length)}}"]}""");
        if (closed) Assert.Equal(1008, (await alice.CloseAsync()).CloseCode);
        else await HearsNothingAsync(alice);
    }

    [Fact]
    public async Task Topics_are_rooms_as_far_as_limits_go()
    {
        await using var relay = await TestRelay.StartAsync(("Limits:PeersPerRoom", "1"), ("Limits:Rooms", "1"));
        var alice = await SubscribedAsync(relay, "room");
        var bob = await ConnectAsync(relay);
        await bob.SayAsync("""{"type":"subscribe","topics":["room"]}""");
        Assert.Equal(1013, (await bob.CloseAsync()).CloseCode);
        await alice.SayAsync("""{"type":"subscribe","topics":["another"]}""");
        Assert.Equal(1013, (await alice.CloseAsync()).CloseCode);
    }

    [Fact]
    public async Task Nothing_passes_between_a_topic_and_a_room_of_that_name()
    {
        await using var relay = await TestRelay.StartAsync();
        var alice = await SubscribedAsync(relay, "room");
        var bob = await relay.JoinAsync("room");
        var carol = await relay.JoinAsync("room");

        await bob.SayAsync("""{"type":"publish","topic":"room"}""");
        await carol.NextAsync();
        await HearsNothingAsync(alice);
    }

    [Fact]
    public async Task Who_talks_too_fast_is_closed()
    {
        await using var relay = await TestRelay.StartAsync(("Limits:MessagesPerSecond", "1"), ("Limits:Burst", "3"));
        var alice = await ConnectAsync(relay);
        for (var i = 0; i < 4; i++) await alice.SayAsync("junk");
        Assert.Equal(4429, (await alice.CloseAsync()).CloseCode);
    }

    [Fact]
    public async Task A_reader_that_stops_is_closed_and_the_others_go_on()
    {
        // Room for a few: what a reader has just read still counts as under way for a moment.
        await using var relay = await TestRelay.StartAsync(("Limits:OutboxBytes", "250000"));
        var stopped = await relay.ConnectAsync(receiveBuffer: 4096);
        await stopped.UpgradeAsync(Path);
        await stopped.SayAsync("""{"type":"subscribe","topics":["room"]}""");
        await HearsNothingAsync(stopped);
        var alice = await SubscribedAsync(relay, "room");

        var message = $$"""{"type":"publish","topic":"room","data":"{{new string('x', 60_000)}}"}""";
        string heard;
        do
        {
            await alice.SayAsync(message);
            heard = (await alice.NextAsync()).Text;
        }
        while (heard.EndsWith("\"clients\":2}", StringComparison.Ordinal));
        Assert.EndsWith("\"clients\":1}", heard, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Switched_off_there_is_no_such_path()
    {
        await using var relay = await TestRelay.StartAsync(("YWebRtc:Enabled", "false"));
        Assert.Equal(404, (await relay.AskAsync(Path)).Status);
    }

    private static async Task<Client> ConnectAsync(TestRelay relay)
    {
        var client = await relay.ConnectAsync();
        await client.UpgradeAsync(Path);
        return client;
    }

    private static async Task<Client> SubscribedAsync(TestRelay relay, params string[] topics)
    {
        var client = await ConnectAsync(relay);
        await client.SayAsync($$"""{"type":"subscribe","topics":{{JsonSerializer.Serialize(topics)}}}""");
        await HearsNothingAsync(client);
        return client;
    }

    // The answer to a ping is the next thing that it hears: what it said before was dealt with.
    private static async Task HearsNothingAsync(Client client)
    {
        await client.SayAsync("""{"type":"ping"}""");
        Assert.Equal("""{"type":"pong"}""", (await client.NextAsync()).Text);
    }
}
