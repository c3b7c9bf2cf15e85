using Signaling.Server.Tests.Harness;

namespace Signaling.Server.Tests.Protocols.PeerJs;

public sealed class AbsentPeerTests
{
    [Fact]
    public async Task Messages_wait_for_somebody_who_comes_and_keep_their_order()
    {
        await using var relay = await TestRelay.StartAsync();
        var alice = await PeerJsClient.OpenAsync(relay, "alice");
        await alice.SayAsync("""{"type":"OFFER","dst":"bob","payload":1}""");
        await alice.SayAsync("""{"type":"CANDIDATE","dst":"bob","payload":2}""");
        await alice.SayAsync("""{"type":"ANSWER","dst":"bob","payload":3}""");
        await alice.HearsNothingAsync("alice");

        var bob = await PeerJsClient.OpenAsync(relay, "bob");
        await bob.HearsAsync("""{"type":"OFFER","src":"alice","dst":"bob","payload":1}""");
        await bob.HearsAsync("""{"type":"CANDIDATE","src":"alice","dst":"bob","payload":2}""");
        await bob.HearsAsync("""{"type":"ANSWER","src":"alice","dst":"bob","payload":3}""");
        await bob.HearsNothingAsync("bob");
    }

    [Fact]
    public async Task When_nobody_comes_each_sender_is_told_once()
    {
        await using var relay = await TestRelay.StartAsync();
        var alice = await PeerJsClient.OpenAsync(relay, "alice");
        var carol = await PeerJsClient.OpenAsync(relay, "carol");
        await alice.SayAsync("""{"type":"OFFER","dst":"bob"}""");
        await alice.SayAsync("""{"type":"CANDIDATE","dst":"bob"}""");
        await alice.HearsNothingAsync("alice");
        relay.Time.Advance(TimeSpan.FromSeconds(4));
        // The age counts from the first message to somebody.
        await carol.SayAsync("""{"type":"OFFER","dst":"bob"}""");
        await carol.HearsNothingAsync("carol");

        relay.Time.Advance(TimeSpan.FromSeconds(1.5));
        await alice.HearsAsync("""{"type":"EXPIRE","src":"bob","dst":"alice"}""");
        await carol.HearsAsync("""{"type":"EXPIRE","src":"bob","dst":"carol"}""");
        await alice.HearsNothingAsync("alice");
        Assert.Equal(2, relay.Instruments["signaling.messages.undelivered"]);

        var bob = await PeerJsClient.OpenAsync(relay, "bob");
        await bob.HearsNothingAsync("bob");
    }

    [Fact]
    public async Task What_does_not_fit_expires_at_once_and_what_fitted_still_arrives()
    {
        await using var relay = await TestRelay.StartAsync(("PeerJs:WaitingBytes", "2000"));
        var alice = await PeerJsClient.OpenAsync(relay, "alice");
        var payload = new string('x', 1000);
        await alice.SayAsync($$"""{"type":"OFFER","dst":"bob","payload":"{{payload}}"}""");
        await alice.HearsNothingAsync("alice");
        await alice.SayAsync($$"""{"type":"OFFER","dst":"bob","payload":"{{payload}}"}""");
        await alice.HearsAsync("""{"type":"EXPIRE","src":"bob","dst":"alice"}""");

        var bob = await PeerJsClient.OpenAsync(relay, "bob");
        await bob.HearsAsync($$"""{"type":"OFFER","src":"alice","dst":"bob","payload":"{{payload}}"}""");
        await bob.HearsNothingAsync("bob");
    }

    [Fact]
    public async Task What_waits_for_all_together_is_bounded_and_room_comes_back()
    {
        await using var relay = await TestRelay.StartAsync(("PeerJs:WaitingBytesInAll", "1000"));
        var alice = await PeerJsClient.OpenAsync(relay, "alice");
        for (var i = 0; i < 3; i++) await alice.SayAsync($$"""{"type":"OFFER","dst":"nobody {{i}}"}""");
        await alice.HearsNothingAsync("alice");
        await alice.SayAsync("""{"type":"OFFER","dst":"bob"}""");
        await alice.HearsAsync("""{"type":"EXPIRE","src":"bob","dst":"alice"}""");

        relay.Time.Advance(TimeSpan.FromSeconds(6));
        for (var i = 0; i < 3; i++) await alice.Socket.NextAsync();
        await alice.SayAsync("""{"type":"OFFER","dst":"bob"}""");
        await alice.HearsNothingAsync("alice");
    }
}
