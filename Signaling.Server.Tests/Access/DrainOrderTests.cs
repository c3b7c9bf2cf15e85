using System.Net;
using System.Net.Http.Headers;
using Signaling.Server.Tests.Harness;
using static Signaling.Server.Tests.Access.TokenHolders;

namespace Signaling.Server.Tests.Access;

/// <summary>Who may order a drain.</summary>
public sealed class DrainOrderTests
{
    [Theory]
    [InlineData("publish direct inspect", HttpStatusCode.Forbidden)]
    [InlineData(null, HttpStatusCode.Unauthorized)]
    public async Task A_drain_is_ordered_by_an_admin_only(string? can, HttpStatusCode status)
    {
        await using var relay = await TestRelay.StartAsync(TokenMaker.Setting);
        using var answer = await AskAsync(relay, "/drain", can is null ? null : TokenMaker.For(relay, "alice", can: can), HttpMethod.Post);
        Assert.Equal(status, answer.StatusCode);
        Assert.Equal(101, (await relay.AskAsync("/room/demo", Bearer(TokenMaker.For(relay, "alice")))).Status);
    }

    [Fact]
    public async Task An_admin_s_drain_ends_the_server()
    {
        using var server = await ServerProcess.StartAsync($"--Access:Key={TokenMaker.Key}", "--environment=Development");
        var exp = DateTimeOffset.UtcNow.AddMinutes(10).ToUnixTimeSeconds();
        var client = await server.ConnectAsync();
        await client.UpgradeAsync("/room/demo", Bearer(TokenMaker.Make(new() { ["sub"] = "alice", ["exp"] = exp })));

        using var http = new HttpClient { BaseAddress = new Uri($"http://{server.EndPoint}") };
        using var request = new HttpRequestMessage(HttpMethod.Post, "/drain");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", TokenMaker.Make(new() { ["sub"] = "root", ["exp"] = exp, ["can"] = "admin" }));
        using var answer = await http.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        Assert.Equal(1001, (await client.CloseAsync()).CloseCode);
        await client.SayCloseAsync(1001);
        Assert.Equal(0, await server.ExitAsync());
    }
}
