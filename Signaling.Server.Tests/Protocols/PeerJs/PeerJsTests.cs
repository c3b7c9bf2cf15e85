using Signaling.Server.Sockets;
using Signaling.Server.Tests.Harness;

namespace Signaling.Server.Tests.Protocols.PeerJs;

public sealed class PeerJsTests
{
    [Theory]
    [InlineData("OFFER")]
    [InlineData("ANSWER")]
    [InlineData("CANDIDATE")]
    [InlineData("LEAVE")]
    [InlineData("EXPIRE")]
    public async Task A_message_goes_to_its_addressee_with_the_true_sender(string type)
    {
        await using var relay = await TestRelay.StartAsync();
        var alice = await PeerJsClient.OpenAsync(relay, "alice");
        var bob = await PeerJsClient.OpenAsync(relay, "bob");
        var carol = await PeerJsClient.OpenAsync(relay, "carol");

        await bob.SayAsync($$"""{"type":"{{type}}","src":"carol","payload":{"sdp": "ü\n", "n":[1, 2]},"dst":"alice","more":1}""");
        await alice.HearsAsync($$$"""{"type":"{{{type}}}","src":"bob","dst":"alice","payload":{"sdp": "ü\n", "n":[1, 2]}}""");
        await bob.SayAsync($$"""{"type":"{{type}}","dst":"alice"}""");
        await alice.HearsAsync($$"""{"type":"{{type}}","src":"bob","dst":"alice"}""");
        await carol.HearsNothingAsync("carol");
    }

    [Fact]
    public async Task An_id_may_need_escapes_and_spaces()
    {
        await using var relay = await TestRelay.StartAsync();
        var alice = await PeerJsClient.OpenAsync(relay, "a%20%22b%5C");
        await alice.SayAsync("""{"type":"OFFER","dst":"a \u0022b\\"}""");
        await alice.HearsAsync("""{"type":"OFFER","src":"a \"b\\","dst":"a \u0022b\\"}""");
    }

    [Theory]
    [InlineData("/peerjs/peerjs")]
    [InlineData("/peerjs/peerjs?key=peerjs&id=alice")]
    [InlineData("/peerjs/peerjs?key=peerjs&token=t")]
    [InlineData("/peerjs/peerjs?id=alice&token=t")]
    [InlineData("/peerjs/peerjs?key=&id=alice&token=t")]
    public async Task Who_does_not_say_who_it_is_is_told_so(string path)
    {
        await using var relay = await TestRelay.StartAsync();
        var nobody = await PeerJsClient.KnockAsync(relay, path);
        await nobody.IsRefusedAsync("""{"type":"ERROR","payload":{"msg":"No id, token, or key supplied to websocket server"}}""");
        nobody.Socket.Cut();
        await relay.Instruments.IsAsync("signaling.evictions", 1, "told");
    }

    [Fact]
    public async Task Another_key_is_refused()
    {
        await using var relay = await TestRelay.StartAsync(("PeerJs:Key", "secret"));
        await (await PeerJsClient.KnockAsync(relay, PeerJsClient.Path("alice"))).IsRefusedAsync("""{"type":"ERROR","payload":{"msg":"Invalid key provided"}}""");
        await (await PeerJsClient.KnockAsync(relay, PeerJsClient.Path("alice", key: "secret"))).HearsAsync("""{"type":"OPEN"}""");
    }

    [Theory]
    [InlineData("a%00b")]
    [InlineData("TOO-LONG")]
    public async Task Some_ids_nobody_can_have(string id)
    {
        await using var relay = await TestRelay.StartAsync();
        var path = PeerJsClient.Path(id == "TOO-LONG" ? new string('x', 129) : id);
        await (await PeerJsClient.KnockAsync(relay, path)).IsRefusedAsync("""{"type":"ERROR","payload":{"msg":"Invalid id: 1 to 128 printable characters"}}""");
    }

    [Fact]
    public async Task An_id_of_somebody_else_is_taken()
    {
        await using var relay = await TestRelay.StartAsync();
        var alice = await PeerJsClient.OpenAsync(relay, "alice", "hers");
        await (await PeerJsClient.KnockAsync(relay, PeerJsClient.Path("alice", "mine"))).IsRefusedAsync("""{"type":"ID-TAKEN","payload":{"msg":"ID is taken"}}""");
        await alice.HearsNothingAsync("alice");
    }

    [Fact]
    public async Task Who_comes_again_with_its_token_is_in_and_the_older_line_is_closed()
    {
        await using var relay = await TestRelay.StartAsync();
        var before = await PeerJsClient.OpenAsync(relay, "alice", "hers");
        var after = await PeerJsClient.OpenAsync(relay, "alice", "hers");
        Assert.Equal(4409, (await before.Socket.CloseAsync()).CloseCode);

        before.Socket.Cut();
        await relay.Instruments.IsAsync("signaling.peers", 1);
        await after.HearsNothingAsync("alice");
    }

    [Fact]
    public async Task The_id_of_one_whose_line_is_gone_is_free_at_once()
    {
        await using var relay = await TestRelay.StartAsync();
        var alice = await PeerJsClient.OpenAsync(relay, "alice", "hers");
        alice.Socket.Cut();
        await relay.Instruments.IsAsync("signaling.peers", 0);
        await PeerJsClient.OpenAsync(relay, "alice", "another");
    }

    [Fact]
    public async Task There_are_no_more_ids_than_there_may_be_but_who_comes_again_counts_once()
    {
        await using var relay = await TestRelay.StartAsync(("PeerJs:Peers", "1"));
        await PeerJsClient.OpenAsync(relay, "alice");
        await PeerJsClient.OpenAsync(relay, "alice");
        await (await PeerJsClient.KnockAsync(relay, PeerJsClient.Path("bob"))).IsRefusedAsync("""{"type":"ERROR","payload":{"msg":"Server has reached its concurrent user limit"}}""");
    }

    [Fact]
    public async Task To_leave_gives_the_id_back_and_the_socket_stays_open()
    {
        await using var relay = await TestRelay.StartAsync();
        var first = await PeerJsClient.OpenAsync(relay, "alice", "one");
        await first.HearsNothingAsync("alice");
        await first.SayAsync("""{"type":"LEAVE"}""");
        await first.Socket.SayAsync(Opcode.Ping, [1]);
        Assert.Equal(Opcode.Pong, (await first.Socket.NextFrameAsync()).Opcode);

        var second = await PeerJsClient.OpenAsync(relay, "alice", "two");
        await first.SayAsync("""{"type":"OFFER","dst":"alice"}""");
        await first.Socket.SayCloseAsync();
        await first.Socket.CloseAsync();
        await second.HearsNothingAsync("alice");
    }

    [Fact]
    public async Task A_leave_for_somebody_who_is_not_there_is_dropped()
    {
        await using var relay = await TestRelay.StartAsync();
        var alice = await PeerJsClient.OpenAsync(relay, "alice");
        await alice.SayAsync("""{"type":"LEAVE","dst":"bob"}""");
        await alice.HearsNothingAsync("alice");
        var bob = await PeerJsClient.OpenAsync(relay, "bob");
        await bob.HearsNothingAsync("bob");
    }

    [Theory]
    [InlineData("not json")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("7")]
    [InlineData("""{"type":"OPEN","dst":"bob"}""")]
    [InlineData("""{"type":"ERROR","dst":"bob"}""")]
    [InlineData("""{"type":"ID-TAKEN","dst":"bob"}""")]
    [InlineData("""{"type":"INVALID-KEY","dst":"bob"}""")]
    [InlineData("""{"type":"SOMETHING","dst":"bob"}""")]
    [InlineData("""{"type":7,"dst":"bob"}""")]
    [InlineData("""{"type":"OFFER","payload":1}""")]
    [InlineData("""{"type":"OFFER","dst":7}""")]
    [InlineData("""{"type":"OFFER","dst":"\udfff"}""")]
    [InlineData("""{"type":"OFFER","dst":"bob"}{}""")]
    [InlineData("""{"type":"HEARTBEAT"}""")]
    public async Task What_ends_the_original_and_other_junk_is_ignored(string junk)
    {
        await using var relay = await TestRelay.StartAsync();
        var bob = await PeerJsClient.OpenAsync(relay, "bob");
        var mallory = await PeerJsClient.OpenAsync(relay, "mallory");
        await mallory.SayAsync(junk);
        await mallory.HearsNothingAsync("mallory");
        await bob.HearsNothingAsync("bob");
    }

    [Fact]
    public async Task Binary_frames_that_hold_JSON_are_read()
    {
        await using var relay = await TestRelay.StartAsync();
        var alice = await PeerJsClient.OpenAsync(relay, "alice");
        await alice.Socket.SayAsync(Opcode.Binary, """{"type":"OFFER","dst":"alice"}"""u8.ToArray());
        await alice.HearsAsync("""{"type":"OFFER","src":"alice","dst":"alice"}""");
        await alice.Socket.SayAsync(Opcode.Binary, [.. """{"type":"OFFER","dst":"alice","payload":" """u8, 0xC0, .. "\"}"u8]);
        await alice.HearsNothingAsync("alice");
    }

    [Fact]
    public async Task Who_is_silent_for_too_long_is_closed_and_who_sends_heartbeats_is_not()
    {
        await using var relay = await TestRelay.StartAsync(("PeerJs:AliveTimeout", "00:00:10"));
        var silent = await PeerJsClient.OpenAsync(relay, "silent");
        var alive = await PeerJsClient.OpenAsync(relay, "alive");

        relay.Time.Advance(TimeSpan.FromSeconds(9));
        await alive.SayAsync("""{"type":"HEARTBEAT"}""");
        await alive.HearsNothingAsync("alive");
        relay.Time.Advance(TimeSpan.FromSeconds(2));

        Assert.Empty((await silent.Socket.CloseAsync()).Payload);
        silent.Socket.Cut();
        await relay.Instruments.IsAsync("signaling.evictions", 1, "silent");
        await alive.HearsNothingAsync("alive");
    }

    [Fact]
    public async Task Who_talks_too_fast_is_closed()
    {
        await using var relay = await TestRelay.StartAsync(("Limits:MessagesPerSecond", "1"), ("Limits:Burst", "3"));
        var alice = await PeerJsClient.OpenAsync(relay, "alice");
        for (var i = 0; i < 4; i++) await alice.SayAsync("junk");
        Assert.Equal(4429, (await alice.Socket.CloseAsync()).CloseCode);
    }
}
