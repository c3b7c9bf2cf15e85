using System.Text.Json;
using Microsoft.Extensions.Options;
using Signaling.Server.Ice;
using Signaling.Server.Tests.Harness;

namespace Signaling.Server.Tests.Ice;

public sealed class IceTests
{
    private static readonly (string, string)[] Turn =
    [
        ("Ice:StunUrls:0", "stun:stun.example.org"),
        ("Ice:TurnUrls:0", "turn:turn.example.org?transport=udp"),
        ("Ice:TurnUrls:1", "turns:turn.example.org?transport=tcp"),
        ("Ice:TurnSecret", "a secret"),
        ("Ice:Anonymous", "true"),
    ];

    // Known answer: printf '%s' 1700000000:alice | openssl dgst -sha1 -hmac secret -binary | base64
    [Fact]
    public void A_credential_is_what_a_turn_server_computes()
    {
        var credential = TurnCredential.Make("secret", "alice", DateTimeOffset.FromUnixTimeSeconds(1_700_000_000));
        Assert.Equal("1700000000:alice", credential.UserName);
        Assert.Equal("d8soP47RbdIKLDUOpnJPVQyq5Ts=", credential.Password);
    }

    [Fact]
    public async Task Ice_servers_are_told_over_http_in_the_welcome_and_on_demand()
    {
        await using var relay = await TestRelay.StartAsync(Turn);
        var alice = await relay.EnterAsync("demo");
        var expiry = relay.Time.GetUtcNow().AddMinutes(10).ToUnixTimeSeconds();

        var told = alice.Welcome.GetProperty("iceServers");
        Assert.Equal("""{"urls":["stun:stun.example.org"]}""", told[0].GetRawText());
        Assert.Equal(["turn:turn.example.org?transport=udp", "turns:turn.example.org?transport=tcp"], told[1].GetProperty("urls").EnumerateArray().Select(url => url.GetString()));
        Assert.Equal($"{expiry}:{alice.Id}", told[1].GetProperty("username").GetString());
        Assert.Equal(TurnCredential.Make("a secret", alice.Id, DateTimeOffset.FromUnixTimeSeconds(expiry)).Password, told[1].GetProperty("credential").GetString());

        relay.Time.Advance(TimeSpan.FromSeconds(5));
        await alice.SayAsync("""{"type":"ice"}""");
        var fresh = (await alice.NextAsync("ice")).GetProperty("iceServers");
        Assert.Equal($"{expiry + 5}:{alice.Id}", fresh[1].GetProperty("username").GetString());

        using var answer = await relay.Http.GetAsync("/ice");
        using var http = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        Assert.Equal(600, http.RootElement.GetProperty("ttl").GetInt32());
        Assert.Equal(2, http.RootElement.GetProperty("iceServers").GetArrayLength());
        Assert.True(answer.Headers.CacheControl?.NoStore);
        Assert.DoesNotContain("a secret", http.RootElement.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_servers_the_list_is_empty()
    {
        await using var relay = await TestRelay.StartAsync();
        Assert.Equal("""{"iceServers":[],"ttl":600}""", await relay.Http.GetStringAsync("/ice"));
    }

    [Fact]
    public async Task In_production_a_turn_secret_for_everybody_has_to_be_meant()
    {
        var error = await Assert.ThrowsAsync<OptionsValidationException>(() => TestRelay.StartAsync(Turn[..^1]));
        Assert.Contains("Ice:Anonymous=true", error.Failures.Single(), StringComparison.Ordinal);

        await using var development = await TestRelay.StartAsync([.. Turn[..^1], ("environment", "Development")]);
    }

    [Theory]
    [InlineData("Ice:StunUrls:0", "stun.example.org")]
    [InlineData("Ice:StunUrls:0", "stun:")]
    [InlineData("Ice:TurnUrls:0", "turn:turn.example.org")]
    [InlineData("Ice:TurnSecret", "a secret")]
    [InlineData("Ice:Lifetime", "00:00:10")]
    public async Task What_cannot_work_stops_the_start(string setting, string value)
    {
        var error = await Assert.ThrowsAsync<OptionsValidationException>(() => TestRelay.StartAsync((setting, value), ("Ice:Anonymous", "true")));
        Assert.Contains(setting.Split(':')[1].TrimEnd('0'), error.Failures.Single(), StringComparison.Ordinal);
    }
}
