using Signaling.Server.Sockets;
using Signaling.Server.Tests.Harness;

namespace Signaling.Server.Tests.Protocols.Envelope;

public sealed class EnvelopeTests
{
    [Fact]
    public async Task The_welcome_says_who_you_are_who_is_here_and_what_is_allowed()
    {
        await using var relay = await TestRelay.StartAsync(("Ice:StunUrls:0", "stun:stun.example.org"));
        var alice = await relay.EnterAsync("demo", "?meta=%7B%22name%22%3A%22Alice%22%7D");
        var bob = await relay.EnterAsync("demo");

        Assert.Empty(alice.Roster);
        Assert.Equal([alice.Id], bob.Roster);
        Assert.Equal("""{"name":"Alice"}""", bob.Welcome.GetProperty("peers")[0].GetProperty("meta").GetRawText());
        Assert.Equal(1, bob.Welcome.GetProperty("v").GetInt32());
        Assert.Equal("demo", bob.Welcome.GetProperty("room").GetString());
        Assert.False(bob.Resumed);
        Assert.Equal("""[{"urls":["stun:stun.example.org"]}]""", bob.Welcome.GetProperty("iceServers").GetRawText());
        Assert.Equal("""{"maxMessageBytes":65536,"messagesPerSecond":0,"burst":300}""", bob.Welcome.GetProperty("limits").GetRawText());
        Assert.Equal(25, bob.Welcome.GetProperty("pingSeconds").GetInt32());
        Assert.Equal(22, bob.Id.Length);
        await alice.HearsAsync($$$"""{"type":"join","id":"{{{bob.Id}}}","meta":{}}""");
    }

    [Theory]
    [InlineData("1.0")]
    [InlineData("12345678901234567890123456789")]
    [InlineData("1e999")]
    [InlineData("""{ "a" : 1,  "a" : 2 }""")]
    [InlineData("[ ]")]
    [InlineData("null")]
    [InlineData("\"\\ud800 and \\u0000\"")]
    [InlineData("\"grüße 🎧\"")]
    [InlineData("{\"data\":{\"from\":\"inside\"},\"to\":5}")]
    public async Task Data_arrives_byte_for_byte_without_the_white_space_around_it(string data)
    {
        await using var relay = await TestRelay.StartAsync();
        var alice = await relay.EnterAsync("demo");
        var bob = await relay.EnterAsync("demo");
        await alice.NextAsync("join");

        await alice.SayAsync($$""" { "data" :  {{data}}  , "ref":"1", "more": [1] } """);
        await bob.HearsAsync($$"""{"from":"{{alice.Id}}","data":{{data}}}""");

        await bob.SayAsync($$"""{"to":"{{alice.Id}}","data":{{data}} }""");
        await alice.HearsAsync($$"""{"from":"{{bob.Id}}","to":"{{alice.Id}}","data":{{data}}}""");
    }

    [Theory]
    [InlineData("""{"from":"mallory","data":1}""")]
    [InlineData("""{"data":1,"\u0066rom":"mallory"}""")]
    [InlineData("""{"\u0064ata":1,"type\u0000":"x"}""")]
    public async Task Nobody_can_say_who_he_is(string json)
    {
        await using var relay = await TestRelay.StartAsync();
        var mallory = await relay.EnterAsync("demo");
        var bob = await relay.EnterAsync("demo");

        await mallory.SayAsync(json);

        await bob.HearsAsync($$"""{"from":"{{mallory.Id}}","data":1}""");
    }

    [Fact]
    public async Task A_directed_message_reaches_its_addressee_only()
    {
        await using var relay = await TestRelay.StartAsync();
        var alice = await relay.EnterAsync("demo");
        var bob = await relay.EnterAsync("demo");
        var carol = await relay.EnterAsync("demo");
        var raw = await relay.JoinAsync("demo");

        await alice.NextAsync("join");
        await alice.NextAsync("join");
        await alice.SayAsync($$"""{"to":"{{bob.Id}}","data":"for bob"}""");
        await alice.SayAsync("""{"data":"for all"}""");

        await bob.NextAsync("join");
        await bob.HearsAsync($$"""{"from":"{{alice.Id}}","to":"{{bob.Id}}","data":"for bob"}""");
        await bob.HearsAsync($$"""{"from":"{{alice.Id}}","data":"for all"}""");
        await carol.HearsAsync($$"""{"from":"{{alice.Id}}","data":"for all"}""");
        Assert.Equal("\"for all\"", (await raw.NextAsync()).Text);
    }

    [Fact]
    public async Task Who_cannot_be_reached_is_told_with_the_reference_of_the_message()
    {
        await using var relay = await TestRelay.StartAsync();
        var alice = await relay.EnterAsync("demo");
        var elsewhere = await relay.EnterAsync("elsewhere");

        foreach (var to in new[] { "nobody", alice.Id, elsewhere.Id })
        {
            await alice.SayAsync($$"""{"to":"{{to}}","data":1,"ref":"r \"1\""}""");
            var error = await alice.NextAsync("error");
            Assert.Equal("peer-unavailable", error.GetProperty("code").GetString());
            Assert.Equal("r \"1\"", error.GetProperty("ref").GetString());
            Assert.Equal(to, error.GetProperty("to").GetString());
        }
    }

    [Fact]
    public async Task Raw_and_envelope_members_hear_each_other_each_in_his_own_way()
    {
        await using var relay = await TestRelay.StartAsync();
        var alice = await relay.EnterAsync("demo");
        var raw = await relay.JoinAsync("demo");
        var bob = await relay.EnterAsync("demo");
        Assert.Equal([alice.Id], bob.Roster);
        await alice.NextAsync("join");

        await raw.SayAsync("say \"hi\"\n");
        var heard = await alice.NextAsync("raw");
        Assert.Equal("say \"hi\"\n", heard.GetProperty("data").GetString());
        Assert.Equal(heard.GetRawText(), await bob.NextAsync());

        await raw.SayAsync(Opcode.Binary, [0, 255]);
        Assert.Equal("AP8=", (await alice.NextAsync("raw")).GetProperty("base64").GetString());
        await bob.NextAsync("raw");

        await alice.SayAsync("""{"data": {"a": 1} }""");
        Assert.Equal("{\"a\": 1}", (await raw.NextAsync()).Text);
        await bob.HearsAsync($$$"""{"from":"{{{alice.Id}}}","data":{"a": 1}}""");

        await bob.SayAsync($$"""{"to":"{{heard.GetProperty("from").GetString()}}","data":1}""");
        Assert.Equal("peer-unavailable", (await bob.NextAsync("error")).GetProperty("code").GetString());
        raw.Cut();
        await relay.Instruments.IsAsync("signaling.peers", 2);
        await alice.HearsNothingAsync();
    }

    [Fact]
    public async Task Meta_can_be_changed_and_newcomers_see_the_last_one()
    {
        await using var relay = await TestRelay.StartAsync();
        var alice = await relay.EnterAsync("demo");
        var bob = await relay.EnterAsync("demo");
        await alice.NextAsync("join");

        await alice.SayAsync("""{"type":"meta","meta":{"name": "Alice"}}""");
        await bob.HearsAsync($$$"""{"type":"meta","id":"{{{alice.Id}}}","meta":{"name": "Alice"}}""");

        var carol = await relay.EnterAsync("demo");
        Assert.Equal("""{"name": "Alice"}""", carol.Welcome.GetProperty("peers")[0].GetProperty("meta").GetRawText());
    }

    [Theory]
    [InlineData("""{"type":"bye"}""", 1000, "closed")]
    [InlineData(null, 1000, "closed")]
    public async Task Who_says_goodbye_leaves_at_once(string? bye, int code, string reason)
    {
        await using var relay = await TestRelay.StartAsync();
        var alice = await relay.EnterAsync("demo");
        var bob = await relay.EnterAsync("demo");
        await alice.NextAsync("join");

        await (bye is null ? bob.Socket.SayCloseAsync(1001) : bob.SayAsync(bye));

        Assert.Equal(code, (await bob.Socket.CloseAsync()).CloseCode);
        await alice.HearsAsync($$"""{"type":"leave","id":"{{bob.Id}}","reason":"{{reason}}"}""");
        Assert.Empty((await relay.ResumeAsync("demo", bob.Secret, 0)).Roster.Except([alice.Id]));
    }

    [Fact]
    public async Task Who_breaks_the_protocol_leaves_by_limit()
    {
        await using var relay = await TestRelay.StartAsync();
        var alice = await relay.EnterAsync("demo");
        var bob = await relay.EnterAsync("demo");
        await alice.NextAsync("join");

        await bob.Socket.SayAsync(Opcode.Binary, new byte[70_000]);

        Assert.Equal(1009, (await bob.Socket.CloseAsync()).CloseCode);
        await alice.HearsAsync($$"""{"type":"leave","id":"{{bob.Id}}","reason":"limit"}""");
    }

    [Fact]
    public async Task A_bad_message_is_answered_and_ten_in_a_row_close_4400()
    {
        await using var relay = await TestRelay.StartAsync();
        var alice = await relay.EnterAsync("demo");
        var bob = await relay.EnterAsync("demo");
        await alice.NextAsync("join");

        for (var i = 0; i < 9; i++)
        {
            await alice.SayAsync("nonsense");
            Assert.Equal("bad-message", (await alice.NextAsync("error")).GetProperty("code").GetString());
        }
        await alice.SayAsync("""{"data":"a good one in between"}""");
        await bob.NextAsync();
        for (var i = 0; i < 10; i++) await alice.Socket.SayAsync(Opcode.Binary, [1]);

        Assert.Equal(4400, (await alice.Socket.CloseAsync()).CloseCode);
        Assert.Equal("limit", (await bob.NextAsync("leave")).GetProperty("reason").GetString());
    }

    [Fact]
    public async Task Who_talks_too_fast_is_told_which_message_was_not_delivered_and_in_the_end_closed()
    {
        await using var relay = await TestRelay.StartAsync(("Limits:MessagesPerSecond", "10"), ("Limits:Burst", "20"));
        var alice = await relay.EnterAsync("demo");
        var bob = await relay.EnterAsync("demo");
        await alice.NextAsync("join");

        for (var i = 0; i < 21; i++) await alice.SayAsync($$"""{"data":{{i}},"ref":"{{i}}"}""");
        for (var i = 0; i < 20; i++) await bob.HearsAsync($$"""{"from":"{{alice.Id}}","data":{{i}}}""");
        var error = await alice.NextAsync("error");
        Assert.Equal(("rate-limited", "20"), (error.GetProperty("code").GetString(), error.GetProperty("ref").GetString()));
        Assert.Equal(1, relay.Instruments["signaling.messages.undelivered", "rate-limited"]);

        relay.Time.Advance(TimeSpan.FromMilliseconds(100));
        await alice.SayAsync("""{"data":"again"}""");
        await bob.HearsAsync($$"""{"from":"{{alice.Id}}","data":"again"}""");

        for (var i = 0; i < 20; i++) await alice.SayAsync("""{"data":"flood"}""");
        Assert.Equal(4429, (await alice.Socket.CloseAsync()).CloseCode);
        Assert.Equal("limit", (await bob.NextAsync("leave")).GetProperty("reason").GetString());
    }

    [Theory]
    [InlineData("?meta=5")]
    [InlineData("?meta=%7B")]
    [InlineData("?meta=%7B%7D%7B%7D")]
    [InlineData("?got=minus")]
    [InlineData("?got=-1")]
    public async Task A_bad_query_is_a_400(string query)
    {
        await using var relay = await TestRelay.StartAsync();
        Assert.Equal(400, (await (await relay.ConnectAsync()).RequestAsync($"/room/demo{query}", "Sec-WebSocket-Protocol: signaling.v1")).Status);
    }

    [Theory]
    [InlineData(4096, 101)]
    [InlineData(4097, 400)]
    public async Task Meta_has_4_KiB_at_most(int bytes, int status)
    {
        await using var relay = await TestRelay.StartAsync();
        var meta = Uri.EscapeDataString($$"""{"x":"{{new string('m', bytes - 8)}}"}""");
        Assert.Equal(status, (await (await relay.ConnectAsync()).RequestAsync($"/room/demo?v=1&meta={meta}")).Status);
    }
}
