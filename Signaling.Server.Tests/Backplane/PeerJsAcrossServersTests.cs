using Signaling.Server.Tests.Protocols.PeerJs;

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
}
