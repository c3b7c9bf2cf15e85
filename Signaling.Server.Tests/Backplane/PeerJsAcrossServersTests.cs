using System.Net;
using System.Net.Http.Json;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Signaling.Server.Backplane;
using Signaling.Server.Tests.Harness;
using Signaling.Server.Tests.Protocols.PeerJs;
using StackExchange.Redis;

namespace Signaling.Server.Tests.Backplane;

public sealed class PeerJsAcrossServersTests : BackplaneTest
{
    private const string Taken = """{"type":"ID-TAKEN","payload":{"msg":"ID is taken"}}""";

    [Fact]
    public async Task Messages_find_their_id_on_another_server_in_order_both_ways()
    {
        var (one, other) = (await StartRelayAsync(), await StartRelayAsync());
        var alice = await PeerJsClient.OpenAsync(one, "alice");
        var bob = await PeerJsClient.OpenAsync(other, "bob");

        for (var i = 0; i < 50; i++) await alice.SayAsync($$"""{"type":"CANDIDATE","dst":"bob","payload":{{i}}}""");
        for (var i = 0; i < 50; i++) await bob.HearsAsync($$"""{"type":"CANDIDATE","src":"alice","dst":"bob","payload":{{i}}}""");
        await bob.SayAsync("""{"type":"ANSWER","dst":"alice","payload":{"sdp":"v=0"}}""");
        await alice.HearsAsync("""{"type":"ANSWER","src":"bob","dst":"alice","payload":{"sdp":"v=0"}}""");
        await bob.SayAsync("""{"type":"LEAVE","dst":"alice"}""");
        await alice.HearsAsync("""{"type":"LEAVE","src":"bob","dst":"alice"}""");
    }

    [Fact]
    public async Task An_id_that_a_client_of_one_server_has_is_taken_on_all()
    {
        var (one, other) = (await StartRelayAsync(), await StartRelayAsync());
        var alice = await PeerJsClient.OpenAsync(one, "alice", token: "hers");

        var mallory = await PeerJsClient.KnockAsync(other, PeerJsClient.Path("alice", token: "another"));

        await mallory.IsRefusedAsync(Taken);
        await alice.HearsNothingAsync("alice");
    }

    [Fact]
    public async Task Of_two_who_want_an_id_at_once_on_two_servers_one_gets_it()
    {
        var (one, other) = (await StartRelayAsync(), await StartRelayAsync());
        for (var round = 0; round < 10; round++)
        {
            var clients = await Task.WhenAll(
                PeerJsClient.KnockAsync(one, PeerJsClient.Path($"id{round}", token: "a")),
                PeerJsClient.KnockAsync(other, PeerJsClient.Path($"id{round}", token: "b")));
            var answers = await Task.WhenAll(clients.Select(async client => (await client.Socket.NextAsync()).Text));
            Assert.Equal([Taken, """{"type":"OPEN"}"""], answers.Order());
        }
    }

    [Fact]
    public async Task The_same_client_moves_to_another_server_with_its_id_and_is_written_to_there()
    {
        var (one, other) = (await StartRelayAsync(), await StartRelayAsync());
        var before = await PeerJsClient.OpenAsync(one, "alice", token: "hers");
        var bob = await PeerJsClient.OpenAsync(one, "bob");

        var after = await PeerJsClient.OpenAsync(other, "alice", token: "hers");
        await before.Socket.CloseAsync();
        await bob.SayAsync("""{"type":"OFFER","dst":"alice","payload":1}""");

        await after.HearsAsync("""{"type":"OFFER","src":"bob","dst":"alice","payload":1}""");
    }

    [Fact]
    public async Task An_id_is_free_on_all_servers_when_its_client_is_gone()
    {
        var (one, other) = (await StartRelayAsync(), await StartRelayAsync());
        var alice = await PeerJsClient.OpenAsync(one, "alice", token: "hers");
        // So that the other server has heard of it.
        await (await PeerJsClient.KnockAsync(other, PeerJsClient.Path("alice", token: "another"))).IsRefusedAsync(Taken);
        alice.Socket.Cut();

        // Each server hears of it in its own time.
        string answer;
        do answer = (await (await PeerJsClient.KnockAsync(other, PeerJsClient.Path("alice", token: "another"))).Socket.NextAsync()).Text;
        while (answer == Taken);
        Assert.Equal("""{"type":"OPEN"}""", answer);
    }

    [Fact]
    public async Task What_waits_for_somebody_goes_to_the_server_where_he_comes_after_his_open()
    {
        var (one, other) = (await StartRelayAsync(), await StartRelayAsync());
        var alice = await PeerJsClient.OpenAsync(one, "alice");
        for (var i = 0; i < 5; i++) await alice.SayAsync($$"""{"type":"OFFER","dst":"bob","payload":{{i}}}""");
        await alice.HearsNothingAsync("alice");

        var bob = await PeerJsClient.OpenAsync(other, "bob");

        for (var i = 0; i < 5; i++) await bob.HearsAsync($$"""{"type":"OFFER","src":"alice","dst":"bob","payload":{{i}}}""");
        await bob.SayAsync("""{"type":"ANSWER","dst":"alice"}""");
        await alice.HearsAsync("""{"type":"ANSWER","src":"bob","dst":"alice"}""");
    }

    [Fact]
    public async Task What_waits_for_nobody_expires_as_on_one_server()
    {
        var (one, _) = (await StartRelayAsync(("Backplane:Lease", "00:10:00")), await StartRelayAsync(("Backplane:Lease", "00:10:00")));
        var alice = await PeerJsClient.OpenAsync(one, "alice");
        await alice.SayAsync("""{"type":"OFFER","dst":"bob","payload":1}""");
        await alice.HearsNothingAsync("alice");

        one.Time.Advance(TimeSpan.FromSeconds(6));

        await alice.HearsAsync("""{"type":"EXPIRE","src":"bob","dst":"alice"}""");
    }

    [Fact]
    public async Task The_list_of_ids_is_of_all_servers_and_holds_one_that_moves_once()
    {
        (string, string) setting = ("PeerJs:Discovery", "true");
        var (one, other) = (await StartRelayAsync(setting), await StartRelayAsync(setting));
        await PeerJsClient.OpenAsync(one, "alice", token: "hers");
        var bob = await PeerJsClient.OpenAsync(other, "bob");
        await UntilListedAsync(one, "alice", "bob");
        await UntilListedAsync(other, "alice", "bob");
        // Who has no clients has the list, too.
        await UntilListedAsync(await StartRelayAsync(setting), "alice", "bob");

        await PeerJsClient.OpenAsync(other, "alice", token: "hers");
        bob.Socket.Cut();
        await UntilListedAsync(one, "alice");
        await UntilListedAsync(other, "alice");
    }

    [Fact]
    public async Task Without_the_list_no_server_tells_the_others_of_its_ids()
    {
        var relay = await StartRelayAsync();
        await PeerJsClient.OpenAsync(relay, "alice");

        // The topic of her id, and no other.
        Assert.Equal(1, relay.Services.GetRequiredService<Topics>().Count);
        Assert.Equal(HttpStatusCode.Unauthorized, (await relay.Http.GetAsync("/peerjs/peerjs/peers", TestContext.Current.CancellationToken)).StatusCode);
    }

    [Fact]
    public async Task Ids_of_a_server_that_dies_are_listed_no_longer_and_what_is_no_id_never()
    {
        var relay = await StartRelayAsync(("PeerJs:Discovery", "true"));
        await UntilListedAsync(relay);

        // One that says this, and then nothing any more.
        var writer = new PacketWriter(ServerId.New());
        foreach (var bad in new byte[][] { [0xFF], [], [1], Encoding.UTF8.GetBytes(new string('x', 129)) }) writer.Add(RecordKind.Put, Convert.ToHexString(bad), "", bad);
        writer.Add(RecordKind.Put, "good", "", "carol"u8.ToArray());
        await using (var redis = await ConnectionMultiplexer.ConnectAsync(Redis.ConnectionString))
            Assert.Equal(1, await redis.GetSubscriber().PublishAsync(new Keys("signaling", sharded: false).Channel("peerjs-ids:"), Assert.Single(writer.Take())));
        await UntilListedAsync(relay, "carol");

        await PassAsync(relay, UntilListedAsync(relay));
    }

    // Each server hears of it in its own time.
    private static async Task UntilListedAsync(TestRelay relay, params string[] ids)
    {
        using var watchdog = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        watchdog.CancelAfter(TimeSpan.FromSeconds(60));
        string[] listed;
        do listed = await relay.Http.GetFromJsonAsync<string[]>("/peerjs/peerjs/peers", watchdog.Token) ?? [];
        while (!listed.Order(StringComparer.Ordinal).SequenceEqual(ids));
    }
}
