using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Options;
using Signaling.Server.Tests.Harness;
using static Signaling.Server.Tests.Access.TokenHolders;

namespace Signaling.Server.Tests.Access;

public sealed class TokenTests
{
    private static readonly string[] PublishOnly = ["publish"];

    public enum Place
    {
        Header,
        Query,
        EscapedQuery,
        Subprotocol,
    }

    [Theory]
    [InlineData(Place.Header)]
    [InlineData(Place.Query)]
    [InlineData(Place.EscapedQuery)]
    [InlineData(Place.Subprotocol)]
    public async Task A_token_is_taken_from_each_of_its_places_and_its_sub_is_in_the_id(Place place)
    {
        await using var relay = await TestRelay.StartAsync(TokenMaker.Setting);
        var token = TokenMaker.For(relay, "alice");
        var client = await relay.ConnectAsync();

        var (query, header) = place switch
        {
            Place.Header => ("", $"Authorization: Bearer {token}"),
            Place.Query => ($"?access_token={token}", "X-None: 1"),
            Place.EscapedQuery => ($"?access%5Ftoken={token}", "X-None: 1"),
            _ => ("", $"Sec-WebSocket-Protocol: bearer.{token}, signaling.v1"),
        };
        var protocol = place == Place.Subprotocol ? header : "Sec-WebSocket-Protocol: signaling.v1";
        var (status, head) = await client.RequestAsync($"/room/demo{query}", header, protocol);

        Assert.Equal(101, status);
        Assert.DoesNotContain(token, head, StringComparison.Ordinal);
        Assert.Matches("^alice-[A-Za-z0-9_-]{8}$", (await Member.WelcomedAsync(client)).Id);
    }

    [Fact]
    public async Task A_token_is_needed_and_one_is_enough()
    {
        await using var relay = await TestRelay.StartAsync(TokenMaker.Setting);
        var token = TokenMaker.For(relay, "alice");

        var (status, head) = await relay.AskAsync("/room/demo");
        Assert.Equal(401, status);
        Assert.Contains("WWW-Authenticate: Bearer\r\n", head, StringComparison.Ordinal);
        Assert.Equal(401, (await relay.AskAsync("/")).Status);
        Assert.Equal(400, (await relay.AskAsync($"/room/demo?access_token={TokenMaker.For(relay, "bob")}", Bearer(token))).Status);
        Assert.Equal(101, (await relay.AskAsync($"/room/demo?access_token={token}", Bearer(token))).Status);
        await relay.Instruments.IsAsync("signaling.refusals", 2, "token-missing");
    }

    public static TheoryData<string, string> BadTokens => new()
    {
        { "foreign key", "token-signature" },
        { "changed", "token-signature" },
        { "alg none", "token-signature" },
        { "alg unknown", "token-signature" },
        { "nonsense", "token-malformed" },
        { "expired", "token-expired" },
        { "early", "token-early" },
        { "endless", "token-endless" },
        { "audience", "token-audience" },
        { "issuer", "token-issuer" },
        { "no sub", "token-sub" },
        { "bad sub", "token-sub" },
        { "long sub", "token-sub" },
        { "room a number", "token-claims" },
        { "can an object", "token-claims" },
    };

    [Theory]
    [MemberData(nameof(BadTokens))]
    public async Task A_bad_token_is_refused_before_the_upgrade_and_told_which_check_it_failed(string what, string reason)
    {
        await using var relay = await TestRelay.StartAsync(TokenMaker.Setting, ("Access:Audience", "the relay"), ("Access:Issuer", "the app"));
        Dictionary<string, object?> With(string claim, object? value)
        {
            var claims = TokenMaker.Claims(relay, "alice");
            (claims["aud"], claims["iss"]) = ("the relay", "the app");
            claims[claim] = value;
            if (value is null) claims.Remove(claim);
            return claims;
        }

        var good = TokenMaker.Make(With("x", 1));
        var now = relay.Time.GetUtcNow().ToUnixTimeSeconds();
        var token = what switch
        {
            "foreign key" => TokenMaker.Make(With("x", 1), key: "another key of thirty-two bytes!!"),
            "changed" => $"{good.Split('.')[0]}.{TokenMaker.Make(With("sub", "mallory")).Split('.')[1]}.{good.Split('.')[2]}",
            "alg none" => TokenMaker.Make(With("x", 1), algorithm: "none"),
            "alg unknown" => TokenMaker.Make(With("x", 1), algorithm: "RS256"),
            "nonsense" => "nonsense",
            "expired" => TokenMaker.Make(With("exp", now)),
            "early" => TokenMaker.Make(With("nbf", now + 60)),
            "endless" => TokenMaker.Make(With("exp", null)),
            "audience" => TokenMaker.Make(With("aud", "another")),
            "issuer" => TokenMaker.Make(With("iss", "another")),
            "no sub" => TokenMaker.Make(With("sub", null)),
            "bad sub" => TokenMaker.Make(With("sub", "al ice")),
            "long sub" => TokenMaker.Make(With("sub", new string('a', 65))),
            "room a number" => TokenMaker.Make(With("room", new object[] { "demo", 5 })),
            _ => TokenMaker.Make(With("can", new { publish = true })),
        };

        using var answer = await AskAsync(relay, "/ice", token);
        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        Assert.Contains("error=\"invalid_token\"", answer.Headers.WwwAuthenticate.ToString(), StringComparison.Ordinal);
        var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.DoesNotContain("the relay", text, StringComparison.Ordinal);
        Assert.DoesNotContain("the app", text, StringComparison.Ordinal);

        Assert.Equal(401, (await relay.AskAsync("/room/demo", Bearer(token))).Status);
        await relay.Instruments.IsAsync("signaling.refusals", 2, reason);
        Assert.Equal(101, (await relay.AskAsync("/room/demo", Bearer(good))).Status);
    }

    [Theory]
    [InlineData("demo", "demo", 101)]
    [InlineData("demo", "demo2", 403)]
    [InlineData("demo", "Demo", 403)]
    [InlineData("team-*", "team-7", 101)]
    [InlineData("team-*", "team", 403)]
    [InlineData("*", "anything", 101)]
    [InlineData("*", "", 101)]
    [InlineData("", "", 101)]
    [InlineData("", "demo", 403)]
    [InlineData("one,two", "two", 101)]
    [InlineData("one,two", "three", 403)]
    [InlineData("-", "demo", 403)]
    public async Task The_claim_room_names_rooms(string claim, string room, int status)
    {
        await using var relay = await TestRelay.StartAsync(TokenMaker.Setting);
        object value = claim switch { "-" => Array.Empty<string>(), _ when claim.Contains(',') => claim.Split(','), _ => claim };
        var token = TokenMaker.For(relay, "alice", room: value);

        var answer = await relay.AskAsync(room.Length == 0 ? "/" : $"/room/{room}", Bearer(token));

        Assert.Equal(status, answer.Status);
        if (status == 403) Assert.Contains("insufficient_scope", answer.Head, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_may_not_speak_is_told_so_and_hears_on()
    {
        await using var relay = await TestRelay.StartAsync(TokenMaker.Setting);
        var alice = await EnterAsync(relay, TokenMaker.For(relay, "alice", can: "direct"));
        var bob = await EnterAsync(relay, TokenMaker.For(relay, "bob", can: PublishOnly));
        var carol = await EnterAsync(relay, TokenMaker.For(relay, "carol", can: Array.Empty<string>()));
        await alice.NextAsync("join");
        await alice.NextAsync("join");
        await bob.NextAsync("join");

        await alice.SayAsync("""{"data":1,"ref":"a"}""");
        Assert.Equal("forbidden a", Told(await alice.NextAsync("error")));
        await bob.SayAsync($$"""{"to":"{{alice.Id}}","data":1,"ref":"b"}""");
        Assert.Equal("forbidden b", Told(await bob.NextAsync("error")));
        await carol.SayAsync("""{"data":1,"ref":"c"}""");
        Assert.Equal("forbidden c", Told(await carol.NextAsync("error")));
        await bob.SayAsync("""{"data":"to all"}""");
        await carol.HearsAsync($$"""{"from":"{{bob.Id}}","data":"to all"}""");
        await alice.SayAsync($$"""{"to":"{{carol.Id}}","data":"to you"}""");
        await carol.HearsAsync($$"""{"from":"{{alice.Id}}","to":"{{carol.Id}}","data":"to you"}""");
        await relay.Instruments.IsAsync("signaling.messages.undelivered", 3, "forbidden");
    }

    [Fact]
    public async Task Who_may_not_speak_in_raw_mode_hears_and_is_closed_when_it_speaks()
    {
        await using var relay = await TestRelay.StartAsync(TokenMaker.Setting);
        var alice = await relay.JoinAsync("demo", headers: Bearer(TokenMaker.For(relay, "alice")));
        var bob = await relay.JoinAsync("demo", headers: Bearer(TokenMaker.For(relay, "bob", can: "direct")));

        await alice.SayAsync("hello");
        Assert.Equal("hello", (await bob.NextAsync()).Text);
        await bob.SayAsync("hello");

        Assert.Equal(1008, (await bob.NextAsync()).CloseCode);
        await bob.SayCloseAsync(1008);
        await relay.Instruments.IsAsync("signaling.evictions", 1, "forbidden");
    }

    [Fact]
    public async Task Raw_members_with_a_token_are_known_by_their_sub()
    {
        await using var relay = await TestRelay.StartAsync(TokenMaker.Setting);
        var alice = await EnterAsync(relay, TokenMaker.For(relay, "alice"));
        var rob = await relay.JoinAsync("demo", headers: Bearer(TokenMaker.For(relay, "rob")));

        await rob.SayAsync("hello");

        Assert.Matches("^rob-[A-Za-z0-9_-]{8}$", (await alice.NextAsync("raw")).GetProperty("from").GetString());
    }

    [Fact]
    public async Task An_address_that_goes_on_sending_bad_tokens_has_to_wait()
    {
        await using var relay = await TestRelay.StartAsync(TokenMaker.Setting, ("Access:FailuresPerMinute", "3"));
        var good = TokenMaker.For(relay, "alice");
        var foreign = TokenMaker.Make(TokenMaker.Claims(relay, "alice"), key: "another key of thirty-two bytes!!");
        var expired = TokenMaker.Make(new() { ["sub"] = "alice", ["exp"] = relay.Time.GetUtcNow().ToUnixTimeSeconds() });

        for (var i = 0; i < 5; i++) Assert.Equal(401, (await relay.AskAsync("/room/demo", Bearer(expired))).Status);
        for (var i = 0; i < 3; i++) Assert.Equal(401, (await relay.AskAsync("/room/demo", Bearer(foreign))).Status);
        var (status, head) = await relay.AskAsync("/room/demo", Bearer(good));
        Assert.Equal(429, status);
        Assert.Contains("Retry-After: ", head, StringComparison.Ordinal);
        await relay.Instruments.IsAsync("signaling.refusals", 1, "token-throttled");

        relay.Time.Advance(TimeSpan.FromSeconds(21));
        Assert.Equal(101, (await relay.AskAsync("/room/demo", Bearer(good))).Status);
    }

    [Fact]
    public async Task Without_tokens_there_is_nothing_to_renew_and_nobody_can_order_a_drain()
    {
        await using var relay = await TestRelay.StartAsync();
        var alice = await relay.EnterAsync("demo");
        await RenewAsync(alice, "whatever");
        await alice.HearsNothingAsync();
        using var answer = await relay.Http.PostAsync("/drain", null, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Fact]
    public async Task Ice_servers_are_for_those_with_a_token_and_carry_its_sub()
    {
        await using var relay = await TestRelay.StartAsync(TokenMaker.Setting,
            ("Ice:TurnUrls:0", "turn:turn.example.org"), ("Ice:TurnSecret", "a secret"), ("environment", "Production"));
        using var refused = await relay.Http.GetAsync("/ice", TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);

        using var answer = await AskAsync(relay, "/ice", TokenMaker.For(relay, "alice"));
        using var json = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.EndsWith(":alice", json.RootElement.GetProperty("iceServers")[0].GetProperty("username").GetString(), StringComparison.Ordinal);
    }

    // What `dotnet user-jwts create` writes.
    [Fact]
    public async Task The_framework_s_own_settings_count()
    {
        const string Bearer = "Authentication:Schemes:Bearer";
        await using var relay = await TestRelay.StartAsync(
            ($"{Bearer}:ValidIssuer", "dotnet-user-jwts"),
            ($"{Bearer}:ValidAudiences:0", "http://localhost:8080"),
            ($"{Bearer}:SigningKeys:0:Issuer", "dotnet-user-jwts"),
            ($"{Bearer}:SigningKeys:0:Value", Convert.ToBase64String(Encoding.UTF8.GetBytes(TokenMaker.Key))));
        var claims = TokenMaker.Claims(relay, "alice");
        Assert.Equal(401, (await relay.AskAsync("/room/demo", TokenHolders.Bearer(TokenMaker.Make(claims)))).Status);

        (claims["iss"], claims["aud"]) = ("dotnet-user-jwts", "http://localhost:8080");
        Assert.Equal(101, (await relay.AskAsync("/room/demo", TokenHolders.Bearer(TokenMaker.Make(claims)))).Status);
    }

    [Theory]
    [InlineData("Access:Key", "too short", "Access:Key must have")]
    [InlineData("Access:Authority", "login.example.org", "Access:Authority is")]
    [InlineData("Access:Authority", "https://login.example.org", "Access:Audience")]
    [InlineData("Access:FailuresPerMinute", "-1", "Access:FailuresPerMinute")]
    public async Task What_cannot_protect_stops_the_start(string setting, string value, string says)
    {
        var error = await Assert.ThrowsAsync<OptionsValidationException>(() => TestRelay.StartAsync((setting, value)));
        Assert.Contains(error.Failures, failure => failure.Contains(says, StringComparison.Ordinal));
        Assert.DoesNotContain(error.Failures, failure => failure.Contains("too short", StringComparison.Ordinal));
    }
}
