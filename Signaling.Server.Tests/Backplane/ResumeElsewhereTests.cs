using Signaling.Server.Tests.Harness;

namespace Signaling.Server.Tests.Backplane;

public sealed class ResumeElsewhereTests : BackplaneTest
{
    [Fact]
    public async Task A_lost_peer_comes_back_on_another_server_as_who_it_was_and_is_told_that_it_may_have_missed_something()
    {
        var (one, other) = (await StartRelayAsync(), await StartRelayAsync());
        var alice = await one.EnterAsync("demo", "?meta={\"name\":\"Alice\"}");
        var bob = await other.EnterAsync("demo");
        await alice.NextAsync("join");
        alice.Socket.Cut();
        await one.Instruments.IsAsync("signaling.peers", 0);

        var back = await other.ResumeAsync("demo", alice.Secret, alice.Got);

        Assert.True(back.Resumed);
        Assert.True(back.Gap);
        Assert.Equal(alice.Id, back.Id);
        Assert.Equal([bob.Id], back.Roster);
        await back.SayAsync("""{"data":"here I am"}""");
        // Bob was told of no leave and of no join.
        await bob.HearsAsync($$"""{"from":"{{alice.Id}}","data":"here I am"}""");
        await bob.SayAsync($$"""{"to":"{{alice.Id}}","data":"good"}""");
        await back.HearsAsync($$"""{"from":"{{bob.Id}}","to":"{{alice.Id}}","data":"good"}""");
        // And her metadata came with her.
        var carol = await one.EnterAsync("demo");
        Assert.Contains("Alice", $"{carol.Welcome}", StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_waited_for_it_follows_it_to_its_new_server()
    {
        var (one, other) = (await StartRelayAsync(), await StartRelayAsync());
        var alice = await one.EnterAsync("demo");
        var bob = await one.EnterAsync("demo");
        alice.Socket.Cut();
        await one.Instruments.IsAsync("signaling.peers", 1);
        await bob.SayAsync($$"""{"to":"{{alice.Id}}","data":"are you there?"}""");
        await bob.HearsNothingAsync();

        var back = await other.ResumeAsync("demo", alice.Secret, 1);

        Assert.Equal(alice.Id, back.Id);
        // Not counted by her when she was lost: bob's join may have got to her or not, and comes once more.
        string heard;
        do heard = await back.NextAsync();
        while (!heard.Contains("are you there?", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_connection_that_is_still_there_is_closed_when_its_place_is_taken_elsewhere()
    {
        var (one, other) = (await StartRelayAsync(), await StartRelayAsync());
        var alice = await one.EnterAsync("demo");

        var back = await other.ResumeAsync("demo", alice.Secret, 0);

        Assert.Equal(alice.Id, back.Id);
        Assert.Equal(4409, (await alice.Socket.CloseAsync()).CloseCode);
        // Its old server knows where it is now.
        var bob = await one.EnterAsync("demo");
        Assert.Equal([alice.Id], bob.Roster);
        await bob.SayAsync($$"""{"to":"{{alice.Id}}","data":1}""");
        await back.NextAsync("join");
        await back.HearsAsync($$"""{"from":"{{bob.Id}}","to":"{{alice.Id}}","data":1}""");
    }

    [Fact]
    public async Task A_gap_is_told_again_when_the_welcome_that_told_it_was_lost()
    {
        var (one, other) = (await StartRelayAsync(), await StartRelayAsync());
        var alice = await one.EnterAsync("demo");
        alice.Socket.Cut();
        await one.Instruments.IsAsync("signaling.peers", 0);

        // No byte of this welcome reaches her: she comes with her old secret, and counts from her old beginning.
        var lost = await other.ResumeAsync("demo", alice.Secret, alice.Got);
        Assert.True(lost.Gap);
        lost.Socket.Cut();
        var back = await other.ResumeAsync("demo", alice.Secret, alice.Got);

        Assert.True(back is { Resumed: true, Gap: true });
        Assert.Equal(alice.Id, back.Id);
    }

    [Fact]
    public async Task Each_move_has_a_new_secret_and_a_wrong_one_gets_a_new_place()
    {
        var (one, other) = (await StartRelayAsync(), await StartRelayAsync());
        var alice = await one.EnterAsync("demo");

        var there = await other.ResumeAsync("demo", alice.Secret, 0);
        await there.SayAsync("""{"type":"ice"}"""); // shows that it has its new secret
        await there.NextAsync("ice");
        var again = await one.ResumeAsync("demo", there.Secret, 1);
        Assert.Equal(alice.Id, again.Id);
        Assert.True(again.Gap);

        foreach (var wrong in new[] { alice.Secret, $"{alice.Id}~AAAAAAAAAAAAAAAAAAAAAA" })
        {
            var stranger = await other.ResumeAsync("demo", wrong, 0);
            Assert.False(stranger.Resumed);
            Assert.NotEqual(alice.Id, stranger.Id);
        }
    }

    [Fact]
    public async Task A_place_that_nobody_comes_back_to_is_left_when_its_time_is_over()
    {
        var (one, other) = (await StartRelayAsync(), await StartRelayAsync());
        var alice = await one.EnterAsync("demo");
        var bob = await other.EnterAsync("demo");
        alice.Socket.Cut();
        await one.Instruments.IsAsync("signaling.peers", 0);

        one.Time.Advance(TimeSpan.FromSeconds(30));

        await bob.HearsAsync($$"""{"type":"leave","id":"{{alice.Id}}","reason":"timeout"}""");
        Assert.False((await other.ResumeAsync("demo", alice.Secret)).Resumed);
    }

    [Fact]
    public async Task With_tokens_only_the_same_person_gets_the_place()
    {
        var (one, other) = (await StartRelayAsync(TokenMaker.Setting), await StartRelayAsync(TokenMaker.Setting));
        var alice = await one.EnterAsync("demo", $"?access_token={TokenMaker.For(one, "alice")}");

        var mallory = await other.EnterAsync("demo", $"?access_token={TokenMaker.For(one, "mallory")}&resume={alice.Secret}&got=0");
        Assert.False(mallory.Resumed);
        var back = await other.EnterAsync("demo", $"?access_token={TokenMaker.For(one, "alice")}&resume={alice.Secret}&got=0");
        Assert.Equal(alice.Id, back.Id);
    }
}
