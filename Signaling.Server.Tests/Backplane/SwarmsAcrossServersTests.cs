using Signaling.Server.Tests.Harness;
using Signaling.Server.Tests.Protocols.WebTorrent;

namespace Signaling.Server.Tests.Backplane;

public sealed class SwarmsAcrossServersTests : BackplaneTest
{
    private const string Offers = """ "numwant":2,"offers":[{"offer":{"type":"offer","sdp":"v=0"},"offer_id":"o1------------------"},{"offer":{"type":"offer","sdp":"v=1"},"offer_id":"o2------------------"}]""";

    [Fact]
    public async Task Already_the_first_offers_of_a_server_are_dealt_to_peers_of_another_and_the_answers_come_back()
    {
        var (one, other) = (await StartRelayAsync(), await StartRelayAsync());
        var alice = await TrackerClient.ConnectAsync(one, "alice");
        await alice.AnnounceAsync(complete: 0, incomplete: 1);
        await one.UntilReadyAsync($"tracker:{Convert.ToHexStringLower("hash----------------"u8)}");

        var bob = await TrackerClient.ConnectAsync(other, "bob");
        await bob.AnnounceAsync(complete: 0, incomplete: 2, Offers);
        var offer = await alice.NextAsync();
        Assert.Equal(("o1------------------", bob.PeerId), (offer.GetProperty("offer_id").GetString(), offer.GetProperty("peer_id").GetString()));
        // Two offers, but only one to give them to.
        await alice.HearsNothingAsync();

        await alice.SayAsync($$$"""{"action":"announce","info_hash":"{{{TrackerClient.Hash}}}","peer_id":"{{{alice.PeerId}}}","to_peer_id":"{{{bob.PeerId}}}","offer_id":"o1------------------","answer":{"type":"answer","sdp":"v=2"}}""");
        var answer = await bob.NextAsync();
        Assert.Equal(("v=2", alice.PeerId), (answer.GetProperty("answer").GetProperty("sdp").GetString(), answer.GetProperty("peer_id").GetString()));
    }

    [Fact]
    public async Task Seeders_are_counted_on_all_servers_and_who_stops_or_goes_no_longer()
    {
        var (one, other) = (await StartRelayAsync(), await StartRelayAsync());
        var alice = await TrackerClient.ConnectAsync(one, "alice");
        await UntilCountedAsync(alice, complete: 0, incomplete: 1);
        var bob = await TrackerClient.ConnectAsync(other, "bob");
        var carol = await TrackerClient.ConnectAsync(other, "carol");

        await bob.SayAsync($$"""{"action":"announce","info_hash":"{{TrackerClient.Hash}}","peer_id":"{{bob.PeerId}}","left":0}""");
        await carol.SayAsync($$"""{"action":"announce","info_hash":"{{TrackerClient.Hash}}","peer_id":"{{carol.PeerId}}"}""");
        await UntilCountedAsync(alice, complete: 1, incomplete: 2);
        await bob.SayAsync($$"""{"action":"announce","info_hash":"{{TrackerClient.Hash}}","peer_id":"{{bob.PeerId}}","event":"stopped"}""");
        await UntilCountedAsync(alice, complete: 0, incomplete: 2);
        carol.Socket.Cut();
        await UntilCountedAsync(alice, complete: 0, incomplete: 1);
    }

    [Fact]
    public async Task An_id_belongs_to_the_newest_that_used_it_on_whichever_server()
    {
        var (one, other) = (await StartRelayAsync(), await StartRelayAsync());
        var alice = await TrackerClient.ConnectAsync(one, "alice");
        await UntilCountedAsync(alice, complete: 0, incomplete: 1);
        var newer = await TrackerClient.ConnectAsync(other, "alice");
        await newer.AnnounceAsync(complete: 0, incomplete: 1);
        var bob = await TrackerClient.ConnectAsync(one, "bob");
        await UntilCountedAsync(bob, complete: 0, incomplete: 2);

        // To the newer one, as soon as the server of the older has heard of it; what it deals before goes to the older.
        var dealt = newer.NextAsync();
        while (!dealt.IsCompleted)
        {
            await bob.SayAsync($$"""{"action":"announce","info_hash":"{{TrackerClient.Hash}}","peer_id":"{{bob.PeerId}}",{{Offers}}}""");
            await bob.NextAsync();
        }
        Assert.Equal(bob.PeerId, (await dealt).GetProperty("peer_id").GetString());
    }

    // Each server counts those of the others as it hears of them.
    private static async Task UntilCountedAsync(TrackerClient client, int complete, int incomplete)
    {
        while (true)
        {
            await client.SayAsync($$"""{"action":"announce","info_hash":"{{TrackerClient.Hash}}","peer_id":"{{client.PeerId}}"}""");
            var counts = await client.NextAsync();
            if (counts.GetProperty("complete").GetInt32() == complete && counts.GetProperty("incomplete").GetInt32() == incomplete) return;
        }
    }
}
