using System.Net;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Text;
using Signaling.Server.Sockets;
using Signaling.Server.Tests.Harness;

namespace Signaling.Server.Tests.Sockets;

/// <summary>Kestrel counts real seconds, so these tests wait for what it does.</summary>
public sealed class RequestLimitTests
{
    private static readonly (string, string) OneSecond = ("Limits:UpgradeTimeout", "00:00:01");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_request_that_trickles_in_is_cut_off_and_who_has_come_in_stays()
    {
        await using var relay = await TestRelay.StartAsync(OneSecond);
        var alice = await relay.JoinAsync("demo");
        var slow = await relay.ConnectAsync();
        await slow.SendAsync("GET /room/demo HTTP/1.1\r\nHost: x\r\nX-Slow: "u8.ToArray());

        var ending = slow.EndAsync();
        while (!ending.IsCompleted)
        {
            try
            {
                await slow.SendAsync("x"u8.ToArray());
            }
            catch (SocketException)
            {
                break;
            }
            await relay.Http.GetAsync("/alive", Token);
        }

        await ending;
        await alice.SayAsync(Opcode.Ping, []);
        Assert.Equal(Opcode.Pong, (await alice.NextFrameAsync()).Opcode);
    }

    [Fact]
    public async Task A_head_that_never_ends_is_answered_408()
    {
        await using var relay = await TestRelay.StartAsync(OneSecond);
        var slow = await relay.ConnectAsync();
        await slow.SendAsync("GET /room/demo HTTP/1.1\r\nHost: x\r\n"u8.ToArray());
        Assert.Equal(408, (await slow.AnswerAsync()).Status);
        await slow.EndAsync();
    }

    [Fact]
    public async Task A_connection_that_never_says_anything_is_cut_off()
    {
        await using var relay = await TestRelay.StartAsync(OneSecond);
        Assert.True(await (await relay.ConnectAsync()).EndAsync());
    }

    [Fact]
    public async Task Metadata_and_a_token_fit_into_the_url_and_more_does_not()
    {
        await using var relay = await TestRelay.StartAsync();
        Assert.Equal(101, (await relay.AskAsync($"/?meta={new string('x', 3 * 4096)}&access_token={new string('x', 3000)}")).Status);
        Assert.Equal(414, (await relay.AskAsync($"/?meta={new string('x', 16 * 1024)}")).Status);
    }

    [Fact]
    public async Task Too_many_or_too_large_headers_are_a_431()
    {
        await using var relay = await TestRelay.StartAsync();
        Assert.Equal(431, (await relay.AskAsync("/", [.. Enumerable.Range(0, 60).Select(i => $"X-{i}: 1")])).Status);
        Assert.Equal(431, (await relay.AskAsync("/", $"Cookie: {new string('x', 24 * 1024)}")).Status);
    }

    [Fact]
    public async Task A_body_is_not_waited_for()
    {
        await using var relay = await TestRelay.StartAsync();
        var mallory = await relay.ConnectAsync();
        await mallory.SendAsync(Encoding.ASCII.GetBytes("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1000000000\r\n\r\nx"));
        await mallory.EndAsync();
    }

    [Fact]
    public async Task What_bounds_a_body_does_not_bound_what_is_said_over_http2()
    {
        await using var relay = await TestRelay.StartAsync(("Kestrel:EndpointDefaults:Protocols", "Http2"));
        using var http = new HttpMessageInvoker(new SocketsHttpHandler());
        using var alice = await ConnectAsync();
        using var bob = await ConnectAsync();

        var received = new byte[50_000];
        for (var i = 0; i < 3; i++)
        {
            await alice.SendAsync(new byte[50_000], WebSocketMessageType.Binary, endOfMessage: true, Token);
            var length = 0;
            while (length < received.Length) length += (await bob.ReceiveAsync(received.AsMemory(length), Token)).Count;
        }

        async Task<ClientWebSocket> ConnectAsync()
        {
            var client = new ClientWebSocket { Options = { HttpVersion = HttpVersion.Version20, HttpVersionPolicy = HttpVersionPolicy.RequestVersionExact } };
            await client.ConnectAsync(new Uri($"ws://{relay.EndPoint}/room/demo"), http, Token);
            return client;
        }
    }
}
