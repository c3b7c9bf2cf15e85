using System.Net;
using System.Text.Json;
using Signaling.Server.Tests.Harness;

namespace Signaling.Server.Tests.Protocols.PeerJs;

public sealed class PeerJsHttpTests
{
    [Theory]
    [InlineData("/peerjs/peerjs/id?ts=17&version=1.5.5")]
    [InlineData("/peerjs/any key at all/id")]
    public async Task An_id_is_made_for_who_asks_and_is_never_the_same(string path)
    {
        await using var relay = await TestRelay.StartAsync();
        var token = TestContext.Current.CancellationToken;
        var first = await relay.Http.GetStringAsync(path, token);
        Assert.True(Guid.TryParseExact(first, "D", out _));
        Assert.NotEqual(first, await relay.Http.GetStringAsync(path, token));
    }

    [Theory]
    [InlineData("/peerjs")]
    [InlineData("/peerjs/")]
    public async Task There_is_a_banner(string path)
    {
        await using var relay = await TestRelay.StartAsync();
        var banner = await relay.Http.GetAsync(path, TestContext.Current.CancellationToken);
        Assert.Equal("application/json", banner.Content.Headers.ContentType?.MediaType);
        using var json = JsonDocument.Parse(await banner.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.False(string.IsNullOrEmpty(json.RootElement.GetProperty("name").GetString()));
    }

    [Fact]
    public async Task Nobody_gets_the_list_of_ids_by_default()
    {
        await using var relay = await TestRelay.StartAsync();
        var answer = await relay.Http.GetAsync("/peerjs/peerjs/peers", TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    [Fact]
    public async Task With_discovery_who_has_the_key_gets_it()
    {
        await using var relay = await TestRelay.StartAsync(("PeerJs:Discovery", "true"));
        await PeerJsClient.OpenAsync(relay, "alice");
        await PeerJsClient.OpenAsync(relay, "bob");
        var ids = JsonSerializer.Deserialize<string[]>(await relay.Http.GetStringAsync("/peerjs/peerjs/peers", TestContext.Current.CancellationToken))!;
        Assert.Equal(["alice", "bob"], ids.Order());
        Assert.Equal(HttpStatusCode.Unauthorized, (await relay.Http.GetAsync("/peerjs/another/peers", TestContext.Current.CancellationToken)).StatusCode);
    }

    [Fact]
    public async Task Pages_of_listed_origins_may_read_the_answers()
    {
        await using var relay = await TestRelay.StartAsync(("Access:Origins", "https://app.example.org"));
        foreach (var (origin, allowed) in new[] { ("https://app.example.org", true), ("https://evil.example.org", false) })
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/peerjs/peerjs/id") { Headers = { { "Origin", origin } } };
            var answer = await relay.Http.SendAsync(request, TestContext.Current.CancellationToken);
            Assert.Equal(allowed, answer.Headers.Contains("Access-Control-Allow-Origin"));
        }
    }

    [Theory]
    [InlineData("/peerjs")]
    [InlineData("/peerjs/peerjs/id")]
    [InlineData("/peerjs/peerjs")]
    public async Task Switched_off_there_is_no_such_path(string path)
    {
        await using var relay = await TestRelay.StartAsync(("PeerJs:Enabled", "false"));
        Assert.Equal(HttpStatusCode.NotFound, (await relay.Http.GetAsync(path, TestContext.Current.CancellationToken)).StatusCode);
    }

    [Theory]
    [InlineData("PeerJs:Key", "")]
    [InlineData("PeerJs:AliveTimeout", "00:00:00")]
    [InlineData("PeerJs:ExpireTimeout", "02:00:00")]
    [InlineData("PeerJs:WaitingBytes", "-1")]
    [InlineData("PeerJs:Colour", "red")]
    [InlineData("WebTorrent:Interval", "00:00:01")]
    [InlineData("WebTorrent:Enabled", "maybe")]
    [InlineData("YWebRtc:Enabled", "maybe")]
    public async Task A_wrong_setting_stops_the_start_and_is_named(string setting, string value)
    {
        var error = await Assert.ThrowsAnyAsync<Exception>(() => TestRelay.StartAsync((setting, value)));
        Assert.Contains(setting, error.Message, StringComparison.Ordinal);
    }
}
