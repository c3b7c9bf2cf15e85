using Signaling.Server.Tests.Harness;

namespace Signaling.Server.Tests.Protocols.Envelope;

/// <summary>Who is told of whom by the welcomes and the repeated frames of a resume.</summary>
public sealed class PresenceAfterResumeTests
{
    private static readonly TimeSpan Batch = TimeSpan.FromMilliseconds(250);

    [Fact]
    public async Task A_peer_that_is_away_is_told_of_comings_and_goings_when_it_is_back()
    {
        await using var relay = await TestRelay.StartAsync();
        var alice = await relay.EnterAsync("demo");
        var bob = await relay.EnterAsync("demo");
        await alice.NextAsync("join");
        bob.Socket.Cut();
        await relay.Instruments.IsAsync("signaling.peers", 1);
        var carol = await relay.EnterAsync("demo");
        await relay.LeaveAsync(carol);
        var dave = await relay.EnterAsync("demo");

        var back = await relay.ResumeAsync("demo", bob.Secret, bob.Got);

        Assert.Equal([alice.Id, dave.Id], back.Roster);
        Assert.Equal(carol.Id, (await back.NextAsync("join")).GetProperty("id").GetString());
        Assert.Equal(carol.Id, (await back.NextAsync("leave")).GetProperty("id").GetString());
        Assert.Equal(dave.Id, (await back.NextAsync("join")).GetProperty("id").GetString());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Who_was_announced_by_a_message_that_a_resume_sends_again_is_also_told_to_have_left(bool becauseHeSpoke)
    {
        await using var relay = await TestRelay.StartAsync(("Presence:BatchAbove", "2"));
        await relay.EnterAsync("demo");
        await relay.EnterAsync("demo");
        var carol = await relay.EnterAsync("demo");
        var dave = await relay.EnterAsync("demo");
        if (becauseHeSpoke) await dave.SayAsync($$"""{"to":"{{carol.Id}}","data":1}""");
        else relay.Time.Advance(Batch);
        await carol.NextAsync("presence");

        // Long rosters are cut: dave is not in this one, but in what is sent again.
        carol.Socket.Cut();
        carol = await relay.ResumeAsync("demo", carol.Secret, got: 0);
        Assert.DoesNotContain(dave.Id, carol.Roster);
        Assert.Equal([dave.Id], (await carol.NextAsync("presence")).Ids("joined"));
        if (becauseHeSpoke) await carol.NextAsync();
        await relay.LeaveAsync(dave);
        relay.Time.Advance(Batch);

        Assert.Equal([dave.Id], (await carol.NextAsync("presence")).Ids("left"));
    }

    [Fact]
    public async Task Who_was_announced_by_a_welcome_that_was_lost_is_announced_again_before_what_he_said()
    {
        await using var relay = await TestRelay.StartAsync(("Presence:BatchAbove", "2"));
        var alice = await relay.EnterAsync("demo");
        await relay.EnterAsync("demo");
        var carol = await relay.EnterAsync("demo");

        // Carol is not told of dave yet, but finds him in the roster of her second welcome, of which no byte reaches her.
        var dave = await relay.EnterAsync("demo");
        await relay.LeaveAsync(alice);
        carol.Socket.Cut();
        await HearsWhatWasLostAsync(relay, carol, dave);
    }

    [Fact]
    public async Task Also_who_was_known_before_a_gap_is_announced_again_before_what_he_said()
    {
        await using var relay = await TestRelay.StartAsync(("Presence:BatchAbove", "2"));
        var alice = await relay.EnterAsync("demo");
        await relay.EnterAsync("demo");
        var carol = await relay.EnterAsync("demo");
        var dave = await relay.EnterAsync("demo");
        relay.Time.Advance(Batch);
        await carol.NextAsync("presence");

        // After the gap her roster is too short for dave; in the next one he is, but no byte of that reaches her.
        carol.Socket.Cut();
        carol = await relay.ResumeAsync("demo", carol.Secret);
        Assert.True(carol.Gap);
        Assert.DoesNotContain(dave.Id, carol.Roster);
        await relay.LeaveAsync(alice);
        carol.Socket.Cut();
        await HearsWhatWasLostAsync(relay, carol, dave);
    }

    // Dave says hello on a connection that takes nothing to carol, not even its welcome, and is gone when she comes back.
    private static async Task HearsWhatWasLostAsync(TestRelay relay, Member carol, Member dave)
    {
        var lost = await relay.ResumeAsync("demo", carol.Secret, carol.Got);
        Assert.Contains(dave.Id, lost.Roster);
        await dave.SayAsync("""{"data":"hello"}""");
        await lost.NextAsync("presence");
        await lost.NextAsync();
        await relay.LeaveAsync(dave);
        lost.Socket.Cut();

        carol = await relay.ResumeAsync("demo", carol.Secret, carol.Got);
        Assert.True(carol is { Resumed: true, Gap: false });
        Assert.DoesNotContain(dave.Id, carol.Roster);
        Assert.Equal([dave.Id], (await carol.NextAsync("presence")).Ids("joined"));
        Assert.Equal("hello", (await carol.NextJsonAsync()).GetProperty("data").GetString());
    }
}
