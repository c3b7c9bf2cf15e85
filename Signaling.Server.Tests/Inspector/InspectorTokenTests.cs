using System.Net;
using System.Net.Http.Headers;
using Signaling.Server.Tests.Harness;

namespace Signaling.Server.Tests.Inspector;

public sealed class InspectorTokenTests
{
    [Theory]
    [InlineData(null, HttpStatusCode.Unauthorized)]
    [InlineData("publish direct admin", HttpStatusCode.Forbidden)]
    [InlineData("inspect", HttpStatusCode.OK)]
    public async Task Where_tokens_are_on_one_with_inspect_watches(string? can, HttpStatusCode status)
    {
        await using var relay = await TestRelay.StartAsync(TokenMaker.Setting);
        var token = can is null ? null : TokenMaker.For(relay, "eve", can: can);
        foreach (var path in new[] { "/inspector/rooms", "/inspector/rooms/demo" })
            Assert.Equal(status, await AskAsync(relay, path, token));
        Assert.Equal(HttpStatusCode.OK, await AskAsync(relay, "/inspector", token: null));
    }

    [Fact]
    public async Task A_token_for_some_rooms_watches_these_and_sees_no_others()
    {
        await using var relay = await TestRelay.StartAsync(TokenMaker.Setting);
        var token = TokenMaker.For(relay, "eve", room: "demo-*", can: "inspect");
        relay.Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        foreach (var room in new[] { "demo-1", "other" }) await relay.JoinAsync(room, headers: $"Authorization: Bearer {TokenMaker.For(relay, "alice")}");

        var rooms = await relay.Http.GetStringAsync("/inspector/rooms");
        Assert.Contains("demo-1", rooms, StringComparison.Ordinal);
        Assert.DoesNotContain("other", rooms, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, await AskAsync(relay, "/inspector/rooms/demo-1", token));
        Assert.Equal(HttpStatusCode.Forbidden, await AskAsync(relay, "/inspector/rooms/other", token));
    }

    [Fact]
    public async Task Who_watches_does_so_until_the_token_runs_out()
    {
        await using var relay = await TestRelay.StartAsync(TokenMaker.Setting);
        relay.Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", TokenMaker.For(relay, "eve", can: "inspect"));
        using var eve = await Onlooker.OfRoomAsync(relay.Http, "demo");
        relay.Time.Advance(TimeSpan.FromMinutes(11));
        await eve.EndsAsync();
        Assert.Equal(HttpStatusCode.Unauthorized, await AskAsync(relay, "/inspector/rooms", token: null));
    }

    private static async Task<HttpStatusCode> AskAsync(TestRelay relay, string path, string? token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (token is not null) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var answer = await relay.Http.SendAsync(request, TestContext.Current.CancellationToken);
        return answer.StatusCode;
    }
}
