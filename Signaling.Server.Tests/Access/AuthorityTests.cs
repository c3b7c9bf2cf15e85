using System.Net;
using System.Net.Http.Headers;
using Signaling.Server.Tests.Harness;

namespace Signaling.Server.Tests.Access;

public sealed class AuthorityTests
{
    [Fact]
    public async Task Tokens_of_an_issuer_are_checked_with_its_keys_also_when_it_has_new_ones()
    {
        await using var issuer = await IssuerServer.StartAsync();
        await using var relay = await StartAsync(issuer.Url);
        var expires = relay.Time.GetUtcNow().AddMinutes(10);
        Assert.Equal(HttpStatusCode.OK, await AskAsync(relay, issuer.Token(expires)));

        // The keys are fetched anew at once for the first token that none of them has signed, and for those to come now and then.
        issuer.ChangeKey();
        using var watchdog = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        watchdog.CancelAfter(TimeSpan.FromSeconds(60));
        while (await AskAsync(relay, issuer.Token(expires)) != HttpStatusCode.OK) watchdog.Token.ThrowIfCancellationRequested();

        Assert.Equal(HttpStatusCode.Unauthorized, await AskAsync(relay, issuer.Token(expires, audience: "another")));
        Assert.Equal(HttpStatusCode.Unauthorized, await AskAsync(relay, TokenMaker.For(relay, "alice")));
    }

    [Fact]
    public async Task When_the_issuer_cannot_be_reached_clients_are_told_to_come_again()
    {
        // A port that is nobody's: that of an issuer that is gone.
        var gone = await IssuerServer.StartAsync();
        var url = gone.Url;
        await gone.DisposeAsync();
        await using var relay = await StartAsync(url);

        var (status, head) = await relay.AskAsync("/room/demo", $"Authorization: Bearer {TokenMaker.For(relay, "alice")}");

        Assert.Equal(503, status);
        Assert.Contains("Retry-After: ", head, StringComparison.Ordinal);
    }

    private static Task<TestRelay> StartAsync(string url) => TestRelay.StartAsync(
        ("environment", "Development"), ("Access:Authority", url), ("Access:Audience", "relay"), ("Access:FailuresPerMinute", "0"));

    // On one connection, however often it asks.
    private static async Task<HttpStatusCode> AskAsync(TestRelay relay, string token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/ice");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var answer = await relay.Http.SendAsync(request, TestContext.Current.CancellationToken);
        return answer.StatusCode;
    }
}
