using Signaling.Server.Sockets;
using Signaling.Server.Tests.Harness;

namespace Signaling.Server.Tests.Protocols.WebTorrent;

public sealed class WebTorrentTests
{
    private const string Hash = TrackerClient.Hash;

    [Fact]
    public async Task Each_offer_is_dealt_to_one_other_peer_and_the_answer_goes_back()
    {
        await using var relay = await TestRelay.StartAsync();
        var alice = await TrackerClient.ConnectAsync(relay, "alice");
        var bob = await TrackerClient.ConnectAsync(relay, "bob");
        await alice.AnnounceAsync(0, 1);

        await bob.AnnounceAsync(0, 2, """ "numwant":5,"offers":[{"offer_id":"first","offer":{"type":"offer","sdp": "1"}},{"offer_id":"second","offer":{"sdp":"2"}}] """);
        await alice.HearsAsync($$"""{"action":"announce","offer":{"type":"offer","sdp": "1"},"offer_id":"first","peer_id":"{{bob.PeerId}}","info_hash":"{{Hash}}"}""");

        await alice.SayAsync($$$"""{"action":"announce","info_hash":"{{{Hash}}}","peer_id":"{{{alice.PeerId}}}","to_peer_id":"{{{bob.PeerId}}}","offer_id":"first","answer":{"type":"answer","sdp":"3"}}""");
        await bob.HearsAsync($$"""{"action":"announce","answer":{"type":"answer","sdp":"3"},"offer_id":"first","peer_id":"{{alice.PeerId}}","info_hash":"{{Hash}}"}""");
        await alice.HearsNothingAsync();
        await bob.HearsNothingAsync();
    }

    [Fact]
    public async Task Nobody_gets_two_offers_of_one_announce_and_the_announcer_none()
    {
        await using var relay = await TestRelay.StartAsync();
        TrackerClient[] others = [await TrackerClient.ConnectAsync(relay, "a"), await TrackerClient.ConnectAsync(relay, "b"), await TrackerClient.ConnectAsync(relay, "c")];
        for (var i = 0; i < others.Length; i++) await others[i].AnnounceAsync(0, i + 1);
        var dan = await TrackerClient.ConnectAsync(relay, "dan");
        var offers = string.Join(',', Enumerable.Range(0, 10).Select(i => $"{{\"offer_id\":\"{i}\",\"offer\":{{}}}}"));
        await dan.AnnounceAsync(0, 4, $"\"offers\":[{offers}]");

        var dealt = new List<string>();
        foreach (var other in others)
        {
            dealt.Add((await other.NextAsync()).GetProperty("offer_id").GetString()!);
            await other.HearsNothingAsync();
        }
        Assert.Equal(["0", "1", "2"], dealt.Order());
        await dan.HearsNothingAsync();
    }

    [Fact]
    public async Task Ids_are_any_20_bytes_as_characters_and_come_back_unchanged()
    {
        await using var relay = await TestRelay.StartAsync();
        const string hash = """\u0000\u0001ÿ\u00c8\"\\ABCDEFGHIJKLMN""";
        var alice = await TrackerClient.ConnectAsync(relay, "alice");
        var bob = await TrackerClient.ConnectAsync(relay, "üöäÿ");
        await alice.AnnounceAsync(0, 1, hash: hash);
        await bob.AnnounceAsync(0, 2, """ "offers":[{"offer_id":"\u00c8é","offer":{}}] """, hash);
        await alice.HearsAsync($$"""{"action":"announce","offer":{},"offer_id":"\u00c8é","peer_id":"{{bob.PeerId}}","info_hash":"{{hash}}"}""");
    }

    [Theory]
    [InlineData(""" "left":0 """, 1)]
    [InlineData(""" "left":null """, 1)]
    [InlineData(""" "left":10 """, 0)]
    [InlineData(""" "left":"0" """, 0)]
    [InlineData(""" "event":"completed" """, 1)]
    [InlineData(""" "event":"started","uploaded":0,"downloaded":0 """, 0)]
    [InlineData(""" "event":"paused" """, 0)]
    [InlineData(""" "event":"empty" """, 0)]
    [InlineData(""" "event":"update" """, 0)]
    public async Task Who_has_nothing_left_is_a_seeder(string more, int seeders)
    {
        await using var relay = await TestRelay.StartAsync();
        var alice = await TrackerClient.ConnectAsync(relay, "alice");
        await alice.AnnounceAsync(seeders, 1 - seeders, more);
    }

    [Fact]
    public async Task Who_stops_is_told_the_counts_and_gets_no_offers_any_more()
    {
        await using var relay = await TestRelay.StartAsync();
        var alice = await TrackerClient.ConnectAsync(relay, "alice");
        var bob = await TrackerClient.ConnectAsync(relay, "bob");
        await alice.AnnounceAsync(0, 1);
        await bob.AnnounceAsync(1, 1, """ "left":0 """);
        await alice.AnnounceAsync(1, 0, """ "event":"stopped" """);
        await bob.AnnounceAsync(1, 0, """ "left":0,"offers":[{"offer_id":"x","offer":{}}] """);
        await alice.HearsNothingAsync();
        await alice.AnnounceAsync(1, 1);
    }

    [Fact]
    public async Task Who_goes_is_in_no_swarm_any_more()
    {
        await using var relay = await TestRelay.StartAsync();
        var alice = await TrackerClient.ConnectAsync(relay, "alice");
        await alice.AnnounceAsync(0, 1);
        await alice.AnnounceAsync(0, 1, hash: TrackerClient.Id("another"));
        alice.Socket.Cut();
        await relay.Instruments.IsAsync("signaling.peers", 0);

        var bob = await TrackerClient.ConnectAsync(relay, "bob");
        await bob.AnnounceAsync(0, 1);
        await bob.AnnounceAsync(0, 1, hash: TrackerClient.Id("another"));
    }

    [Fact]
    public async Task An_id_belongs_to_the_newest_connection_that_used_it()
    {
        await using var relay = await TestRelay.StartAsync();
        var before = await TrackerClient.ConnectAsync(relay, "alice");
        await before.AnnounceAsync(0, 1);
        var after = await TrackerClient.ConnectAsync(relay, "alice");
        await after.AnnounceAsync(0, 1);
        var bob = await TrackerClient.ConnectAsync(relay, "bob");
        await bob.AnnounceAsync(0, 2, """ "offers":[{"offer_id":"x","offer":{}}] """);

        Assert.Equal("x", (await after.NextAsync()).GetProperty("offer_id").GetString());
        await before.HearsNothingAsync();
        before.Socket.Cut();
        await relay.Instruments.IsAsync("signaling.peers", 2);
        await bob.AnnounceAsync(0, 2);
    }

    [Fact]
    public async Task Who_has_not_announced_for_long_is_counted_no_longer()
    {
        await using var relay = await TestRelay.StartAsync(("KeepAlive:Interval", "01:00:00"));
        var alice = await TrackerClient.ConnectAsync(relay, "alice");
        var bob = await TrackerClient.ConnectAsync(relay, "bob");
        await alice.AnnounceAsync(0, 1);
        relay.Time.Advance(TimeSpan.FromMinutes(11));
        await bob.AnnounceAsync(0, 2);
        relay.Time.Advance(TimeSpan.FromMinutes(10));
        await bob.AnnounceAsync(0, 1);
        await alice.AnnounceAsync(0, 2);
    }

    [Fact]
    public async Task A_scrape_counts_the_swarms_that_it_names_and_no_others()
    {
        await using var relay = await TestRelay.StartAsync();
        var alice = await TrackerClient.ConnectAsync(relay, "alice");
        await alice.AnnounceAsync(1, 0, """ "left":0 """);

        await alice.SayAsync($$"""{"action":"scrape","info_hash":"{{Hash}}"}""");
        await alice.HearsAsync($$$"""{"action":"scrape","files":{"{{{Hash}}}":{"complete":1,"incomplete":0,"downloaded":1}},"flags":{"min_request_interval":600}}""");
        var unknown = TrackerClient.Id("unknown");
        await alice.SayAsync($$"""{"action":"scrape","info_hash":["{{unknown}}",7,"short","{{Hash}}"]}""");
        await alice.HearsAsync($$$"""{"action":"scrape","files":{"{{{unknown}}}":{"complete":0,"incomplete":0,"downloaded":0},"{{{Hash}}}":{"complete":1,"incomplete":0,"downloaded":1}},"flags":{"min_request_interval":600}}""");
        await alice.HearsNothingAsync();
    }

    [Theory]
    [InlineData("""{"action":"announce","info_hash":"short","peer_id":"peer----------------"}""", """{"failure reason":"invalid info_hash"}""")]
    [InlineData("""{"action":"announce","peer_id":"peer----------------"}""", """{"failure reason":"invalid info_hash"}""")]
    [InlineData("""{"action":"announce","info_hash":"hash---------------Ā","peer_id":"peer----------------"}""", """{"failure reason":"invalid info_hash"}""")]
    [InlineData("""{"action":"announce","info_hash":["hash----------------"],"peer_id":"peer----------------"}""", """{"failure reason":"invalid info_hash"}""")]
    [InlineData("""{"action":"announce","info_hash":"hash----------------","peer_id":7}""", """{"failure reason":"invalid peer_id"}""")]
    [InlineData("""{"action":"announce","info_hash":"hash----------------","peer_id":"peer----------------","answer":{}}""", """{"failure reason":"invalid `to_peer_id` (required with `answer`)"}""")]
    [InlineData("""{"action":"announce","info_hash":"hash----------------","peer_id":"peer----------------","event":"nope"}""", """{"action":"announce","failure reason":"invalid event","info_hash":"hash----------------"}""")]
    [InlineData("""{"action":"nope"}""", """{"failure reason":"invalid action in WS request"}""")]
    [InlineData("""{"action":null}""", """{"failure reason":"invalid action in WS request"}""")]
    [InlineData("{}", """{"failure reason":"invalid action in WS request"}""")]
    [InlineData("null", """{"failure reason":"a WS request is a JSON object"}""")]
    [InlineData("[]", """{"failure reason":"a WS request is a JSON object"}""")]
    [InlineData("not json", """{"failure reason":"invalid JSON in WS request"}""")]
    [InlineData("""{"action":"announce"}{}""", """{"failure reason":"invalid JSON in WS request"}""")]
    [InlineData("""{"action":"\ud800"}""", """{"failure reason":"invalid JSON in WS request"}""")]
    public async Task What_cannot_be_followed_is_answered_and_the_socket_stays_open(string said, string heard)
    {
        await using var relay = await TestRelay.StartAsync();
        var alice = await TrackerClient.ConnectAsync(relay, "alice");
        await alice.SayAsync(said);
        await alice.HearsAsync(heard);
        await alice.HearsNothingAsync();
    }

    [Theory]
    [InlineData(""" "offers":"x" """)]
    [InlineData(""" "offers":[] """)]
    [InlineData(""" "offers":[7,[],{},{"offer":{}},{"offer_id":"x"},null] """)]
    public async Task Offers_that_are_none_are_passed_over(string offers)
    {
        await using var relay = await TestRelay.StartAsync();
        var alice = await TrackerClient.ConnectAsync(relay, "alice");
        var bob = await TrackerClient.ConnectAsync(relay, "bob");
        await alice.AnnounceAsync(0, 1);
        await bob.AnnounceAsync(0, 2, offers);
        await alice.HearsNothingAsync();
    }

    [Fact]
    public async Task An_answer_for_somebody_who_is_not_there_goes_nowhere()
    {
        await using var relay = await TestRelay.StartAsync();
        var alice = await TrackerClient.ConnectAsync(relay, "alice");
        var answer = $$$"""{"action":"announce","info_hash":"{{{Hash}}}","peer_id":"{{{alice.PeerId}}}","to_peer_id":"{{{TrackerClient.Id("bob")}}}","offer_id":"x","answer":{}}""";
        await alice.SayAsync(answer);
        await alice.HearsNothingAsync();
        await alice.AnnounceAsync(0, 1);
        await alice.SayAsync(answer);
        await alice.HearsNothingAsync();
        Assert.Equal(2, relay.Instruments["signaling.messages.undelivered"]);
    }

    [Fact]
    public async Task Binary_frames_that_hold_JSON_are_read()
    {
        await using var relay = await TestRelay.StartAsync();
        var alice = await TrackerClient.ConnectAsync(relay, "alice");
        await alice.Socket.SayAsync(Opcode.Binary, """{"action":"scrape"}"""u8.ToArray());
        await alice.HearsAsync("""{"action":"scrape","files":{},"flags":{"min_request_interval":600}}""");
        await alice.Socket.SayAsync(Opcode.Binary, [.. "{\"action\":\""u8, 0xFF, .. "\"}"u8]);
        await alice.HearsAsync("""{"failure reason":"invalid JSON in WS request"}""");
    }

    [Fact]
    public async Task Swarms_are_rooms_as_far_as_limits_go_and_the_refusal_is_in_words()
    {
        await using var relay = await TestRelay.StartAsync(("Limits:PeersPerRoom", "1"));
        var alice = await TrackerClient.ConnectAsync(relay, "alice");
        var bob = await TrackerClient.ConnectAsync(relay, "bob");
        await alice.AnnounceAsync(0, 1);
        await bob.SayAsync($$"""{"action":"announce","info_hash":"{{Hash}}","peer_id":"{{bob.PeerId}}"}""");
        await bob.HearsAsync($$"""{"action":"announce","failure reason":"the tracker is full","info_hash":"{{Hash}}"}""");
        await bob.HearsNothingAsync();
    }

    [Fact]
    public async Task A_connection_may_be_in_100_swarms()
    {
        await using var relay = await TestRelay.StartAsync();
        var alice = await TrackerClient.ConnectAsync(relay, "alice");
        for (var i = 0; i < 100; i++) await alice.AnnounceAsync(0, 1, hash: TrackerClient.Id($"{i}"));
        await alice.SayAsync($$"""{"action":"announce","info_hash":"{{Hash}}","peer_id":"{{alice.PeerId}}"}""");
        await alice.HearsAsync($$"""{"action":"announce","failure reason":"too many swarms for one connection","info_hash":"{{Hash}}"}""");
    }

    [Fact]
    public async Task Who_talks_too_fast_is_told_so_and_closed_when_that_does_not_help()
    {
        await using var relay = await TestRelay.StartAsync(("Limits:MessagesPerSecond", "1"), ("Limits:Burst", "2"));
        var alice = await TrackerClient.ConnectAsync(relay, "alice");
        await alice.HearsNothingAsync();
        await alice.HearsNothingAsync();
        await alice.SayAsync("""{"action":"scrape"}""");
        await alice.HearsAsync("""{"failure reason":"too many messages"}""");
        await alice.SayAsync($$"""{"action":"announce","info_hash":"{{Hash}}","peer_id":"{{alice.PeerId}}"}""");
        Assert.Equal(4429, (await alice.Socket.CloseAsync()).CloseCode);
    }

    [Fact]
    public async Task Switched_off_there_is_no_such_path()
    {
        await using var relay = await TestRelay.StartAsync(("WebTorrent:Enabled", "false"));
        Assert.Equal(404, (await relay.AskAsync("/announce")).Status);
    }
}
