using Signaling.Server.Tests.Harness;
using Signaling.Server.Tests.Protocols.PeerJs;
using Signaling.Server.Tests.Protocols.WebTorrent;

namespace Signaling.Server.Tests.Protocols;

/// <summary>Dialects where tokens are on: who may have which id, topic and swarm.</summary>
public sealed class DialectTokenTests
{
    private static readonly string[] PublishOnly = ["publish"];

    [Theory]
    [InlineData("/y-webrtc")]
    [InlineData("/announce")]
    [InlineData("/peerjs/peerjs?key=peerjs&id=alice&token=random")]
    public async Task Without_a_token_nobody_is_let_in(string path)
    {
        await using var relay = await TestRelay.StartAsync(TokenMaker.Setting);
        Assert.Equal(401, (await relay.AskAsync(path)).Status);
    }

    [Theory]
    [InlineData("alice", true)]
    [InlineData("alice-phone", true)]
    [InlineData("alicea", false)]
    [InlineData("bob", false)]
    public async Task A_PeerJS_id_is_the_sub_or_begins_with_it(string id, bool allowed)
    {
        await using var relay = await TestRelay.StartAsync(TokenMaker.Setting);
        var client = await PeerJsClient.KnockAsync(relay, PeerJsClient.Path(id, TokenMaker.For(relay, "alice")));
        if (allowed) await client.HearsAsync("""{"type":"OPEN"}""");
        else Assert.StartsWith("""{"type":"ERROR",""", (await client.Socket.NextAsync()).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task PeerJS_needs_the_ability_to_speak_to_one()
    {
        await using var relay = await TestRelay.StartAsync(TokenMaker.Setting);
        var client = await PeerJsClient.KnockAsync(relay, PeerJsClient.Path("alice", TokenMaker.For(relay, "alice", can: PublishOnly)));
        Assert.StartsWith("""{"type":"ERROR",""", (await client.Socket.NextAsync()).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Topics_of_y_webrtc_are_rooms_to_a_token()
    {
        await using var relay = await TestRelay.StartAsync(TokenMaker.Setting);
        var client = await relay.ConnectAsync();
        await client.UpgradeAsync($"/y-webrtc?access_token={TokenMaker.For(relay, "alice", room: "y-webrtc:mine-*")}");

        await client.SayAsync("""{"type":"subscribe","topics":["yours","mine-1"]}""");
        await client.SayAsync("""{"type":"publish","topic":"yours"}""");
        await client.SayAsync("""{"type":"publish","topic":"mine-1"}""");
        Assert.Equal("""{"type":"publish","topic":"mine-1","clients":1}""", (await client.NextAsync()).Text);
    }

    [Fact]
    public async Task Swarms_are_rooms_to_a_token()
    {
        await using var relay = await TestRelay.StartAsync(TokenMaker.Setting);
        var client = await relay.ConnectAsync();
        var hex = Convert.ToHexStringLower(System.Text.Encoding.Latin1.GetBytes(TrackerClient.Hash));
        await client.UpgradeAsync($"/announce?access_token={TokenMaker.For(relay, "alice", room: $"tracker:{hex}")}");

        var alice = new TrackerClient(client, TrackerClient.Id("alice"));
        await alice.AnnounceAsync(0, 1);
        var other = TrackerClient.Id("other");
        await alice.SayAsync($$"""{"action":"announce","info_hash":"{{other}}","peer_id":"{{alice.PeerId}}"}""");
        await alice.HearsAsync($$"""{"action":"announce","failure reason":"your token does not allow this swarm","info_hash":"{{other}}"}""");
    }
}
