using Signaling.Server.Sockets;
using Signaling.Server.Tests.Harness;

namespace Signaling.Server.Tests.Backplane;

public sealed class AcrossServersTests : BackplaneTest
{
    [Fact]
    public async Task What_a_raw_peer_says_is_heard_on_the_other_servers_with_the_same_bytes_and_in_order()
    {
        var (one, other) = (await StartRelayAsync(), await StartRelayAsync());
        var alice = await one.JoinAsync("demo");
        var bob = await other.JoinAsync("demo");
        var carol = await one.JoinAsync("demo");

        for (var i = 0; i < 500; i++) await alice.SayAsync($"{i}");
        await alice.SayAsync(Opcode.Binary, [0, 255, 1]);

        foreach (var listener in new[] { bob, carol })
        {
            for (var i = 0; i < 500; i++) Assert.Equal($"{i}", (await listener.NextAsync()).Text);
            var last = await listener.NextAsync();
            Assert.Equal(Opcode.Binary, last.Opcode);
            Assert.Equal([0, 255, 1], last.Payload);
        }
        // Nothing came back to the sender.
        await bob.SayAsync("and you?");
        Assert.Equal("and you?", (await alice.NextAsync()).Text);
    }

    [Fact]
    public async Task Who_is_welcomed_is_told_of_everybody_on_all_servers_and_they_of_him()
    {
        var (one, other, third) = (await StartRelayAsync(), await StartRelayAsync(), await StartRelayAsync());
        var alice = await one.EnterAsync("demo", "?meta={\"name\":\"Alice\"}");
        var bob = await other.EnterAsync("demo");
        await alice.HearsAsync($$$"""{"type":"join","id":"{{{bob.Id}}}","meta":{}}""");
        var carol = await third.EnterAsync("demo");

        Assert.Equal([alice.Id], bob.Roster);
        Assert.Equal("Alice", bob.Welcome.GetProperty("peers")[0].GetProperty("meta").GetProperty("name").GetString());
        Assert.Equal(new HashSet<string> { alice.Id, bob.Id }, [.. carol.Roster]);
        await bob.HearsAsync($$$"""{"type":"join","id":"{{{carol.Id}}}","meta":{}}""");

        await carol.SayAsync("""{"type":"meta","meta":{"hand":"raised"}}""");
        await bob.HearsAsync($$$"""{"type":"meta","id":"{{{carol.Id}}}","meta":{"hand":"raised"}}""");
        await carol.SayAsync("""{"type":"bye"}""");
        await bob.HearsAsync($$"""{"type":"leave","id":"{{carol.Id}}","reason":"closed"}""");
    }

    [Fact]
    public async Task A_message_for_one_reaches_him_on_his_server_alone()
    {
        var (one, other) = (await StartRelayAsync(), await StartRelayAsync());
        var alice = await one.EnterAsync("demo");
        var bob = await other.EnterAsync("demo");
        var carol = await other.EnterAsync("demo");
        await alice.NextAsync("join");
        await alice.NextAsync("join");
        await bob.NextAsync("join");

        await alice.SayAsync($$"""{"to":"{{bob.Id}}","data":1}""");
        await alice.SayAsync("""{"data":2}""");
        await bob.HearsAsync($$"""{"from":"{{alice.Id}}","to":"{{bob.Id}}","data":1}""");
        await bob.HearsAsync($$"""{"from":"{{alice.Id}}","data":2}""");
        await carol.HearsAsync($$"""{"from":"{{alice.Id}}","data":2}""");

        await bob.SayAsync($$$"""{"to":"{{{alice.Id}}}","data":[1.0]}""");
        await alice.HearsAsync($$$"""{"from":"{{{bob.Id}}}","to":"{{{alice.Id}}}","data":[1.0]}""");
    }

    [Fact]
    public async Task Raw_peers_and_members_understand_each_other_across_servers()
    {
        var (one, other) = (await StartRelayAsync(), await StartRelayAsync());
        var alice = await one.EnterAsync("demo");
        var rob = await other.JoinAsync("demo");

        await rob.SayAsync("hello");
        var heard = await alice.NextAsync("raw");
        Assert.Equal("hello", heard.GetProperty("data").GetString());

        await alice.SayAsync("""{"data":{"hello":"rob"}}""");
        Assert.Equal("""{"hello":"rob"}""", (await rob.NextAsync()).Text);
    }

    [Fact]
    public async Task What_is_said_in_a_room_that_is_on_one_server_alone_does_not_go_to_Redis()
    {
        var (one, other) = (await StartRelayAsync(), await StartRelayAsync());
        var alice = await one.JoinAsync("demo");
        var bob = await one.JoinAsync("demo");
        const string Sent = "signaling.backplane.messages.sent";
        var before = one.Instruments[Sent];

        await alice.SayAsync("among us");
        Assert.Equal("among us", (await bob.NextAsync()).Text);
        Assert.Equal(before, one.Instruments[Sent]);

        // Whose socket is open hears everything from then on.
        var carol = await other.JoinAsync("demo");
        await alice.SayAsync("to all");
        Assert.Equal("to all", (await carol.NextAsync()).Text);
    }

    [Fact]
    public async Task Rooms_of_different_names_have_nothing_to_do_with_each_other()
    {
        var (one, other) = (await StartRelayAsync(), await StartRelayAsync());
        var alice = await one.JoinAsync("demo");
        var bob = await other.JoinAsync("Demo");
        var lobby = await other.JoinAsync();
        var carol = await other.JoinAsync("demo");

        await alice.SayAsync("only for demo");
        Assert.Equal("only for demo", (await carol.NextAsync()).Text);
        await bob.SayAsync("only for Demo");
        await lobby.SayAsync("only for the lobby");
        await carol.SayAsync("only for demo, too");
        Assert.Equal("only for demo, too", (await alice.NextAsync()).Text);
    }
}
