using System.Net;
using System.Text.Json;
using Signaling.Server.Tests.Harness;

namespace Signaling.Server.Tests.Sockets;

public sealed class UpgradeTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/room/a")]
    [InlineData("/room/Az09._~-")]
    [InlineData("/room/...")]
    [InlineData("/?anything=else")]
    public async Task A_good_room_is_entered(string path)
    {
        await using var relay = await TestRelay.StartAsync();
        await (await relay.ConnectAsync()).UpgradeAsync(path);
    }

    [Theory]
    [InlineData("/room/")]
    [InlineData("/room")]
    [InlineData("/room/a/b")]
    [InlineData("/room/a%20b")]
    [InlineData("/room/a%2Fb")]
    [InlineData("/room/%C3%BC")]
    [InlineData("/room/.")]
    [InlineData("/room/..")]
    [InlineData("/room/%2E%2E")]
    [InlineData("/room/x/..")]
    public async Task A_bad_room_name_is_a_400(string path)
    {
        await using var relay = await TestRelay.StartAsync();
        var (status, _) = await (await relay.ConnectAsync()).RequestAsync(path);
        Assert.Equal(400, status);
    }

    [Theory]
    [InlineData(128, 101)]
    [InlineData(129, 400)]
    public async Task A_room_name_has_128_characters_at_most(int length, int status)
    {
        await using var relay = await TestRelay.StartAsync();
        Assert.Equal(status, (await (await relay.ConnectAsync()).RequestAsync($"/room/{new string('x', length)}")).Status);
    }

    [Theory]
    [InlineData("signaling.raw")]
    [InlineData("bearer.abc, signaling.raw")]
    [InlineData("chat, signaling.raw")]
    public async Task A_known_subprotocol_is_picked_and_named(string offered)
    {
        await using var relay = await TestRelay.StartAsync();
        var (status, head) = await (await relay.ConnectAsync()).RequestAsync("/", $"Sec-WebSocket-Protocol: {offered}");
        Assert.Equal(101, status);
        Assert.Contains("Sec-WebSocket-Protocol: signaling.raw\r\n", head, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_an_offer_no_subprotocol_is_named_and_no_extension_is_accepted()
    {
        await using var relay = await TestRelay.StartAsync();
        var (_, head) = await (await relay.ConnectAsync()).RequestAsync("/", "Sec-WebSocket-Extensions: permessage-deflate");
        Assert.DoesNotContain("Sec-WebSocket-Protocol", head, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("Sec-WebSocket-Extensions", head, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("/", "Sec-WebSocket-Protocol: chat")]
    [InlineData("/", "Sec-WebSocket-Protocol: bearer.abc")]
    [InlineData("/?v=1", "Sec-WebSocket-Protocol: signaling.raw")]
    [InlineData("/?v=99", "X-Nothing: 1")]
    [InlineData("/", "Sec-WebSocket-Key: short")]
    public async Task What_cannot_be_agreed_on_is_a_400(string path, string header)
    {
        await using var relay = await TestRelay.StartAsync();
        var (status, head) = await (await relay.ConnectAsync()).RequestAsync(path, header);
        Assert.Equal(400, status);
        Assert.Contains("application/problem+json", head, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_version_of_the_protocol_is_told_which_one_is_spoken()
    {
        await using var relay = await TestRelay.StartAsync();
        var (status, head) = await (await relay.ConnectAsync()).RequestAsync("/", "Sec-WebSocket-Version: 8");
        Assert.Equal(426, status);
        Assert.Contains("Sec-WebSocket-Version: 13\r\n", head, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/room/demo", HttpStatusCode.UpgradeRequired)]
    [InlineData("/room/a%20b", HttpStatusCode.BadRequest)]
    [InlineData("/nothing/here", HttpStatusCode.NotFound)]
    public async Task What_is_not_a_websocket_request_gets_problem_details(string path, HttpStatusCode status)
    {
        await using var relay = await TestRelay.StartAsync();
        var answer = await relay.Http.GetAsync(path, Token);

        Assert.Equal(status, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        using var problem = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(Token));
        Assert.Equal((int)status, problem.RootElement.GetProperty("status").GetInt32());
    }

    [Fact]
    public async Task A_browser_that_opens_the_root_is_told_what_this_is_and_where_to_connect()
    {
        await using var relay = await TestRelay.StartAsync(("Landing:DemoUrl", "http://localhost:5173/"));
        var answer = await relay.Http.GetAsync("/", Token);
        var page = await answer.Content.ReadAsStringAsync(Token);

        Assert.Equal("text/html", answer.Content.Headers.ContentType?.MediaType);
        Assert.Contains($"ws://{relay.Http.BaseAddress!.Authority}/room/my-room", page, StringComparison.Ordinal);
        Assert.Contains("http://localhost:5173/", page, StringComparison.Ordinal);
        Assert.Contains("/health", page, StringComparison.Ordinal);
        Assert.DoesNotContain("{{", page, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", answer.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/room/demo")]
    [InlineData("/health")]
    [InlineData("/ice")]
    [InlineData("/nothing/here")]
    public async Task Every_answer_tells_browsers_to_run_and_to_frame_nothing(string path)
    {
        await using var relay = await TestRelay.StartAsync();
        var headers = (await relay.Http.GetAsync(path, Token)).Headers;

        var policy = headers.GetValues("Content-Security-Policy").Single();
        Assert.Contains("default-src 'none'", policy, StringComparison.Ordinal);
        Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
        Assert.Equal("nosniff", headers.GetValues("X-Content-Type-Options").Single());
        Assert.Equal("no-referrer", headers.GetValues("Referrer-Policy").Single());
        Assert.False(headers.Contains("Server"));
    }

    [Theory]
    [InlineData("/health")]
    [InlineData("/alive")]
    public async Task Health_is_answered(string path)
    {
        await using var relay = await TestRelay.StartAsync();
        Assert.Equal(HttpStatusCode.OK, (await relay.Http.GetAsync(path, Token)).StatusCode);
    }

    [Fact]
    public async Task The_framework_s_own_client_agrees()
    {
        await using var relay = await TestRelay.StartAsync();
        using var alice = new System.Net.WebSockets.ClientWebSocket();
        alice.Options.AddSubProtocol("signaling.raw");
        await alice.ConnectAsync(new Uri($"ws://{relay.EndPoint}/room/demo"), Token);
        var bob = await relay.JoinAsync("demo");

        await alice.SendAsync("hello"u8.ToArray(), System.Net.WebSockets.WebSocketMessageType.Text, endOfMessage: true, Token);
        Assert.Equal("hello", (await bob.NextAsync()).Text);

        await alice.CloseAsync(System.Net.WebSockets.WebSocketCloseStatus.NormalClosure, "", Token);
        Assert.Equal(System.Net.WebSockets.WebSocketState.Closed, alice.State);
    }
}
