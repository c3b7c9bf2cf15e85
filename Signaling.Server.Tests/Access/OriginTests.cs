using System.Net;
using Microsoft.Extensions.Options;
using Signaling.Server.Tests.Harness;

namespace Signaling.Server.Tests.Access;

public sealed class OriginTests
{
    private static readonly (string, string) List = ("Access:Origins", "https://app.example.org, http://localhost:5173, https://App2.example.org:443");

    [Theory]
    [InlineData("https://app.example.org", 101)]
    [InlineData("http://localhost:5173", 101)]
    [InlineData("https://app2.example.org", 101)]
    [InlineData("https://app.example.org.evil.example", 403)]
    [InlineData("https://evil-app.example.org", 403)]
    [InlineData("http://app.example.org", 403)]
    [InlineData("https://app.example.org:8443", 403)]
    [InlineData("http://localhost:1", 403)]
    [InlineData("null", 403)]
    [InlineData("https://app.example.org/path", 403)]
    [InlineData("https://app.example.org, https://evil.example", 403)]
    [InlineData("nonsense", 403)]
    public async Task Pages_of_listed_origins_may_connect_and_no_others(string origin, int status)
    {
        await using var relay = await TestRelay.StartAsync(List);
        Assert.Equal(status, await StatusAsync(relay, $"Origin: {origin}"));
    }

    [Theory]
    [InlineData("http://localhost:7000", 101)]
    [InlineData("http://localhost:7001", 403)]
    [InlineData("https://app.example.org", 101)]
    public async Task The_demo_that_the_landing_page_links_to_may_connect_whatever_is_listed(string origin, int status)
    {
        await using var relay = await TestRelay.StartAsync(List, ("Landing:DemoUrl", "http://localhost:7000/?room=lobby"));
        Assert.Equal(status, await StatusAsync(relay, $"Origin: {origin}"));
    }

    [Fact]
    public async Task Who_is_no_browser_may_connect_and_so_may_the_server_s_own_pages()
    {
        await using var relay = await TestRelay.StartAsync(List);
        Assert.Equal(101, await StatusAsync(relay));
        Assert.Equal(101, await StatusAsync(relay, "Host: relay.example.org", "Origin: http://relay.example.org"));
        Assert.Equal(403, await StatusAsync(relay, "Host: relay.example.org", "Origin: https://relay.example.org"));
    }

    [Fact]
    public async Task Behind_a_trusted_proxy_the_own_origin_is_the_one_that_the_browser_sees()
    {
        await using var relay = await TestRelay.StartAsync(List, ("Server:TrustedProxies", "127.0.0.1"));
        Assert.Equal(101, await StatusAsync(relay, "X-Forwarded-For: 192.0.2.1", "X-Forwarded-Proto: https", "X-Forwarded-Host: relay.example.org", "Origin: https://relay.example.org"));
    }

    [Theory]
    [InlineData("null", "null", 101)]
    [InlineData("*", "https://anybody.example", 101)]
    [InlineData("*", "null", 101)]
    public async Task What_is_said_aloud_is_meant(string origins, string origin, int status)
    {
        await using var relay = await TestRelay.StartAsync(("Access:Origins", origins));
        Assert.Equal(status, await StatusAsync(relay, $"Origin: {origin}"));
    }

    [Theory]
    [InlineData("Production", "https://anybody.example", 101)]
    [InlineData("Development", "http://localhost:5173", 101)]
    [InlineData("Development", "http://127.0.0.1:9", 101)]
    [InlineData("Development", "http://[::1]:9", 101)]
    [InlineData("Development", "https://anybody.example", 403)]
    [InlineData("Development", "http://localhost.evil.example", 403)]
    public async Task Without_a_list_production_is_open_and_development_is_for_this_machine(string environment, string origin, int status)
    {
        await using var relay = await TestRelay.StartAsync(("environment", environment));
        Assert.Equal(status, await StatusAsync(relay, $"Origin: {origin}"));
    }

    [Fact]
    public async Task A_refusal_is_told_and_counted()
    {
        await using var relay = await TestRelay.StartAsync(List);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/room/demo") { Headers = { { "Origin", "https://evil.example" } } };
        request.Headers.TryAddWithoutValidation("Connection", "Upgrade");
        request.Headers.TryAddWithoutValidation("Upgrade", "websocket");

        var answer = await relay.Http.SendAsync(request);

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        Assert.Contains("Access:Origins", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        await relay.Instruments.IsAsync("signaling.refusals", 1, "origin");
    }

    [Theory]
    [InlineData("https://app.example.org", "https://app.example.org")]
    [InlineData("https://evil.example", null)]
    public async Task Answers_of_http_endpoints_can_be_read_by_the_same_pages(string origin, string? allowed)
    {
        await using var relay = await TestRelay.StartAsync(List);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/ice") { Headers = { { "Origin", origin } } };

        var answer = await relay.Http.SendAsync(request);

        Assert.Equal(allowed, answer.Headers.TryGetValues("Access-Control-Allow-Origin", out var values) ? values.Single() : null);
    }

    [Theory]
    [InlineData("https://app.example.org/")]
    [InlineData("https://app.example.org/path")]
    [InlineData("app.example.org")]
    [InlineData("ws://app.example.org")]
    [InlineData("https://*.example.org/")]
    public async Task What_is_no_origin_stops_the_start(string origins)
    {
        var error = await Assert.ThrowsAsync<OptionsValidationException>(() => TestRelay.StartAsync(("Access:Origins", origins)));
        Assert.Contains($"Access:Origins has '{origins}'", error.Failures.Single(), StringComparison.Ordinal);
    }

    private static async Task<int> StatusAsync(TestRelay relay, params string[] headers) =>
        (await (await relay.ConnectAsync()).RequestAsync("/room/demo", headers)).Status;
}
