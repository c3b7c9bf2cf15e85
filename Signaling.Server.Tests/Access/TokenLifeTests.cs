using Signaling.Server.Tests.Harness;
using static Signaling.Server.Tests.Access.TokenHolders;

namespace Signaling.Server.Tests.Access;

/// <summary>A token that runs out, is renewed, and gives a place back.</summary>
public sealed class TokenLifeTests
{
    // Enough for the server to look again, too little for it to lose patience with a client that has not answered its Close.
    private static readonly TimeSpan Moment = TimeSpan.FromSeconds(0.6);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_connection_is_closed_when_its_token_runs_out(bool raw)
    {
        await using var relay = await TestRelay.StartAsync(TokenMaker.Setting, ("KeepAlive:Interval", "01:00:00"));
        var token = TokenMaker.For(relay, "alice");
        var client = raw ? await relay.JoinAsync("demo", headers: Bearer(token)) : (await EnterAsync(relay, token)).Socket;

        relay.Time.Advance(TimeSpan.FromMinutes(10) + Moment);

        Assert.Equal(4401, (await client.CloseAsync()).CloseCode);
        await client.SayCloseAsync(4401);
        await relay.Instruments.IsAsync("signaling.evictions", 1, "token-expired");
    }

    [Fact]
    public async Task A_new_token_in_time_lets_the_connection_go_on_with_what_it_allows()
    {
        await using var relay = await TestRelay.StartAsync(TokenMaker.Setting, ("KeepAlive:Interval", "01:00:00"));
        var alice = await EnterAsync(relay, TokenMaker.For(relay, "alice"));
        relay.Time.Advance(TimeSpan.FromMinutes(9));

        await RenewAsync(alice, TokenMaker.For(relay, "alice", can: "direct"));
        await alice.HearsNothingAsync();
        relay.Time.Advance(TimeSpan.FromMinutes(9));
        await alice.SayAsync("""{"data":1,"ref":"7"}""");
        Assert.Equal("forbidden 7", Told(await alice.NextAsync("error")));

        relay.Time.Advance(TimeSpan.FromMinutes(1) + Moment);
        Assert.Equal(4401, (await alice.Socket.CloseAsync()).CloseCode);
    }

    [Theory]
    [InlineData("bob", "demo", TokenMaker.Key)]
    [InlineData("alice", "another", TokenMaker.Key)]
    [InlineData("alice", "demo", "another key of thirty-two bytes!!")]
    public async Task A_token_of_somebody_else_or_for_elsewhere_does_not_renew(string sub, string room, string key)
    {
        await using var relay = await TestRelay.StartAsync(TokenMaker.Setting, ("KeepAlive:Interval", "01:00:00"));
        var alice = await EnterAsync(relay, TokenMaker.For(relay, "alice"));
        relay.Time.Advance(TimeSpan.FromMinutes(9));

        await alice.SayAsync($$"""{"type":"token","token":"{{TokenMaker.Make(TokenMaker.Claims(relay, sub, room), key)}}","ref":"r"}""");
        Assert.Equal("forbidden r", Told(await alice.NextAsync("error")));
        await alice.SayAsync("""{"type":"token","ref":"s"}""");
        Assert.Equal("forbidden s", Told(await alice.NextAsync("error")));

        relay.Time.Advance(TimeSpan.FromMinutes(1) + Moment);
        Assert.Equal(4401, (await alice.Socket.CloseAsync()).CloseCode);
    }

    [Fact]
    public async Task A_place_is_given_back_to_its_sub_only()
    {
        await using var relay = await TestRelay.StartAsync(TokenMaker.Setting);
        var alice = await EnterAsync(relay, TokenMaker.For(relay, "alice"));

        var mallory = await EnterAsync(relay, TokenMaker.For(relay, "mallory"), $"?resume={alice.Secret}&got=0");
        Assert.False(mallory.Resumed);
        Assert.StartsWith("mallory-", mallory.Id, StringComparison.Ordinal);

        var again = await EnterAsync(relay, TokenMaker.For(relay, "alice"), $"?resume={alice.Secret}&got=0");
        Assert.True(again.Resumed);
        Assert.Equal(alice.Id, again.Id);
    }
}
