using Signaling.Server.Tests.Harness;

namespace Signaling.Server.Tests.Protocols.Envelope;

public sealed class ResumeTests
{
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task A_lost_connection_is_no_leave_and_what_was_said_meanwhile_waits()
    {
        await using var relay = await TestRelay.StartAsync();
        var alice = await relay.EnterAsync("demo");
        var bob = await relay.EnterAsync("demo");
        await alice.NextAsync("join");

        await LoseAsync(relay, bob);
        await alice.SayAsync($$"""{"to":"{{bob.Id}}","data":"are you there?"}""");
        await alice.SayAsync("""{"data":"anybody?"}""");
        await alice.HearsNothingAsync();

        var back = await relay.ResumeAsync("demo", bob.Secret, bob.Got);
        Assert.True(back.Resumed);
        Assert.False(back.Gap);
        Assert.Equal(bob.Id, back.Id);
        Assert.Equal([alice.Id], back.Roster);
        await back.HearsAsync($$"""{"from":"{{alice.Id}}","to":"{{bob.Id}}","data":"are you there?"}""");
        await back.HearsAsync($$"""{"from":"{{alice.Id}}","data":"anybody?"}""");

        await back.SayAsync("""{"data":"here I am"}""");
        await alice.HearsAsync($$"""{"from":"{{bob.Id}}","data":"here I am"}""");
    }

    [Fact]
    public async Task What_was_in_flight_when_the_line_went_silent_is_sent_again_and_nothing_twice()
    {
        await using var relay = await TestRelay.StartAsync();
        await using var tunnel = new Tunnel(relay.EndPoint);
        var alice = await relay.EnterAsync("demo");
        var bob = await Member.EnterAsync(await Client.ConnectAsync(tunnel.EndPoint), "/room/demo");
        await alice.NextAsync("join");
        await alice.SayAsync("""{"data":0}""");
        await bob.HearsAsync($$"""{"from":"{{alice.Id}}","data":0}""");

        tunnel.Swallow();
        for (var i = 1; i <= 10; i++) await alice.SayAsync($$"""{"data":{{i}}}""");
        await relay.Instruments.IsAsync("signaling.messages.delivered", 11);

        var back = await relay.ResumeAsync("demo", bob.Secret, bob.Got);
        Assert.True(back.Resumed);
        Assert.False(back.Gap);
        for (var i = 1; i <= 10; i++) await back.HearsAsync($$"""{"from":"{{alice.Id}}","data":{{i}}}""");
        await back.HearsNothingAsync();
        await alice.HearsNothingAsync();
    }

    [Fact]
    public async Task Without_a_count_only_what_came_after_the_loss_is_sent_and_the_gap_is_told()
    {
        await using var relay = await TestRelay.StartAsync();
        var alice = await relay.EnterAsync("demo");
        var bob = await relay.EnterAsync("demo");
        await alice.SayAsync("""{"data":"before"}""");
        await bob.NextAsync();

        await LoseAsync(relay, bob);
        await alice.NextAsync("join");
        await alice.SayAsync("""{"data":"after"}""");
        await alice.HearsNothingAsync();

        var back = await relay.ResumeAsync("demo", bob.Secret);
        Assert.True(back is { Resumed: true, Gap: true });
        await back.HearsAsync($$"""{"from":"{{alice.Id}}","data":"after"}""");
        await back.HearsNothingAsync();

        // From here on it counts, from 0.
        await LoseAsync(relay, back);
        await alice.SayAsync("""{"data":"counted"}""");
        await alice.HearsNothingAsync();
        var again = await relay.ResumeAsync("demo", back.Secret, back.Got);
        Assert.True(again is { Resumed: true, Gap: false });
        await again.HearsAsync($$"""{"from":"{{alice.Id}}","data":"counted"}""");
    }

    [Fact]
    public async Task A_place_lapses_after_the_grace_and_is_then_announced_once()
    {
        await using var relay = await TestRelay.StartAsync();
        var alice = await relay.EnterAsync("demo");
        var bob = await relay.EnterAsync("demo");
        await alice.NextAsync("join");
        await LoseAsync(relay, bob);

        relay.Time.Advance(Grace - TimeSpan.FromMilliseconds(1));
        await alice.HearsNothingAsync();
        relay.Time.Advance(TimeSpan.FromMilliseconds(1));

        await alice.HearsAsync($$"""{"type":"leave","id":"{{bob.Id}}","reason":"timeout"}""");
        var back = await relay.ResumeAsync("demo", bob.Secret, bob.Got);
        Assert.False(back.Resumed);
        Assert.NotEqual(bob.Id, back.Id);
        await alice.NextAsync("join");
    }

    [Fact]
    public async Task A_second_loss_gets_a_whole_grace_of_its_own()
    {
        await using var relay = await TestRelay.StartAsync();
        var alice = await relay.EnterAsync("demo");
        var bob = await relay.EnterAsync("demo");
        await alice.NextAsync("join");
        await LoseAsync(relay, bob);
        relay.Time.Advance(Grace / 2);
        var back = await relay.ResumeAsync("demo", bob.Secret, bob.Got);
        await LoseAsync(relay, back);

        relay.Time.Advance(Grace - TimeSpan.FromSeconds(1));

        Assert.True((await relay.ResumeAsync("demo", back.Secret, 0)).Resumed);
        await alice.HearsNothingAsync();
    }

    [Fact]
    public async Task A_newer_connection_takes_the_place_over_and_the_old_one_is_told()
    {
        await using var relay = await TestRelay.StartAsync();
        var alice = await relay.EnterAsync("demo");
        var bob = await relay.EnterAsync("demo");
        await alice.NextAsync("join");

        var newer = await relay.ResumeAsync("demo", bob.Secret, bob.Got);

        Assert.Equal(4409, (await bob.Socket.CloseAsync()).CloseCode);
        Assert.Equal(bob.Id, newer.Id);
        await alice.SayAsync("""{"data":"hello"}""");
        await newer.HearsAsync($$"""{"from":"{{alice.Id}}","data":"hello"}""");
        bob.Socket.Cut();
        await relay.Instruments.IsAsync("signaling.peers", 2);
        await alice.HearsNothingAsync();
    }

    [Fact]
    public async Task When_the_welcome_itself_is_lost_the_old_secret_is_still_good()
    {
        await using var relay = await TestRelay.StartAsync();
        var bob = await relay.EnterAsync("demo");
        await LoseAsync(relay, bob);

        // Its welcome is never read, so its new secret is never known.
        var lost = await relay.ConnectAsync();
        await lost.UpgradeAsync($"/room/demo?resume={bob.Secret}&got=0", "Sec-WebSocket-Protocol: signaling.v1");
        lost.Cut();
        await relay.Instruments.IsAsync("signaling.peers", 0);

        var back = await relay.ResumeAsync("demo", bob.Secret, 0);
        Assert.True(back.Resumed);
        await back.SayAsync("""{"type":"ice"}""");
        await back.NextAsync("ice");

        // Now it has shown that it has the new one.
        await LoseAsync(relay, back);
        Assert.False((await relay.ResumeAsync("demo", bob.Secret, 0)).Resumed);
        Assert.True((await relay.ResumeAsync("demo", back.Secret, back.Got)).Resumed);
    }

    [Fact]
    public async Task Of_two_who_come_with_one_secret_at_once_one_ends_up_with_the_place()
    {
        await using var relay = await TestRelay.StartAsync();
        for (var round = 0; round < 20; round++)
        {
            var bob = await relay.EnterAsync($"room{round}");
            await LoseAsync(relay, bob);

            var path = $"/room/room{round}?resume={bob.Secret}&got=0";
            var both = await Task.WhenAll(Task.Run(() => ComeAsync(relay, path)), Task.Run(() => ComeAsync(relay, path)));

            var welcomed = both.OfType<Member>().ToArray();
            Assert.NotEmpty(welcomed);
            Assert.All(welcomed, one => Assert.Equal(bob.Id, one.Id));
            if (welcomed.Length == 2)
                Assert.Equal(4409, await await Task.WhenAny(welcomed.Select(async one => (await one.Socket.CloseAsync()).CloseCode)));
            foreach (var one in welcomed) one.Socket.Cut();
            await relay.Instruments.IsAsync("signaling.peers", 0);
        }

        // Who was replaced before it was answered is refused instead of closed.
        static async Task<Member?> ComeAsync(TestRelay relay, string path)
        {
            var socket = await relay.ConnectAsync();
            var (status, head) = await socket.RequestAsync(path, "Sec-WebSocket-Protocol: signaling.v1");
            Assert.True(status is 101 or 503, head);
            return status == 101 ? await Member.WelcomedAsync(socket) : null;
        }
    }

    [Fact]
    public async Task At_the_very_moment_the_place_lapses_it_is_either_resumed_or_left_and_never_both()
    {
        await using var relay = await TestRelay.StartAsync();
        var alice = await relay.EnterAsync("demo");
        for (var round = 0; round < 20; round++)
        {
            var bob = await relay.EnterAsync("demo");
            await alice.NextAsync("join");
            await LoseAsync(relay, bob);
            relay.Time.Advance(Grace - TimeSpan.FromMilliseconds(1));

            var lapsing = Task.Run(() => relay.Time.Advance(TimeSpan.FromMilliseconds(1)));
            var back = await relay.ResumeAsync("demo", bob.Secret, bob.Got);
            await lapsing;

            if (!back.Resumed)
            {
                // In whichever order: the old one left, and a new one came.
                string[] types = [(await alice.NextJsonAsync()).GetProperty("type").GetString()!, (await alice.NextJsonAsync()).GetProperty("type").GetString()!];
                Assert.Equal(["join", "leave"], types.Order());
            }
            Assert.Equal(back.Resumed, back.Id == bob.Id);
            await back.SayAsync("""{"type":"bye"}""");
            Assert.Equal(back.Id, (await alice.NextAsync("leave")).GetProperty("id").GetString());
            await alice.HearsNothingAsync(); // and so shows that it is alive
            await LoseAsync(relay, back); // or its end would be counted in the next round
        }
    }

    [Fact]
    public async Task An_outbox_that_overflows_while_its_peer_is_away_costs_the_place()
    {
        await using var relay = await TestRelay.StartAsync(("Limits:MaxMessageBytes", "4000"), ("Limits:OutboxBytes", "8000"));
        var alice = await relay.EnterAsync("demo");
        var bob = await relay.EnterAsync("demo");
        await alice.NextAsync("join");
        await LoseAsync(relay, bob);

        for (var i = 0; i < 3; i++) await alice.SayAsync($$"""{"data":"{{new string('x', 3000)}}"}""");

        await alice.HearsAsync($$"""{"type":"leave","id":"{{bob.Id}}","reason":"slow"}""");
        Assert.False((await relay.ResumeAsync("demo", bob.Secret, bob.Got)).Resumed);
    }

    [Fact]
    public async Task A_gap_that_cannot_be_filled_makes_a_newcomer_of_it()
    {
        await using var relay = await TestRelay.StartAsync();
        var alice = await relay.EnterAsync("demo");
        var bob = await relay.EnterAsync("demo");
        await alice.NextAsync("join");
        for (var i = 0; i < 300; i++)
        {
            await alice.SayAsync($$"""{"data":{{i}}}""");
            await bob.NextAsync();
        }
        await LoseAsync(relay, bob);

        // It says that it has got 43 of 300 frames, but 256 are kept.
        var back = await relay.ResumeAsync("demo", bob.Secret, 43);

        Assert.False(back.Resumed);
        Assert.Equal("timeout", (await alice.NextAsync("leave")).GetProperty("reason").GetString());
        Assert.Equal(back.Id, (await alice.NextAsync("join")).GetProperty("id").GetString());
    }

    [Theory]
    [InlineData(44)]
    [InlineData(299)]
    [InlineData(300)]
    public async Task As_far_as_frames_are_kept_every_count_is_good(int got)
    {
        await using var relay = await TestRelay.StartAsync();
        var alice = await relay.EnterAsync("demo");
        var bob = await relay.EnterAsync("demo");
        for (var i = 0; i < 300; i++)
        {
            await alice.SayAsync($$"""{"data":{{i}}}""");
            await bob.NextAsync();
        }
        await LoseAsync(relay, bob);

        var back = await relay.ResumeAsync("demo", bob.Secret, got);

        Assert.True(back.Resumed);
        for (var i = got; i < 300; i++) await back.HearsAsync($$"""{"from":"{{alice.Id}}","data":{{i}}}""");
        await back.HearsNothingAsync();
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("~")]
    [InlineData("a~b")]
    public async Task A_secret_that_was_never_given_makes_a_newcomer(string secret)
    {
        await using var relay = await TestRelay.StartAsync();
        Assert.False((await relay.ResumeAsync("demo", secret, 0)).Resumed);
    }

    [Fact]
    public async Task A_secret_is_good_for_its_own_room_and_its_own_place_only()
    {
        await using var relay = await TestRelay.StartAsync();
        var alice = await relay.EnterAsync("demo");
        var mallory = await relay.EnterAsync("demo");
        var forged = alice.Id + mallory.Secret[mallory.Secret.LastIndexOf('~')..];

        Assert.False((await relay.ResumeAsync("other", alice.Secret, 0)).Resumed);
        Assert.False((await relay.ResumeAsync("demo", forged, 0)).Resumed);
        await mallory.SayAsync($$"""{"to":"{{alice.Id}}","data":"still there?"}""");
        await alice.NextAsync("join");
        await alice.NextAsync("join");
        Assert.Equal("still there?", (await alice.NextJsonAsync()).GetProperty("data").GetString());
    }

    // Ends the line without a Close, and waits until the server has noticed.
    private static async Task LoseAsync(TestRelay relay, Member member)
    {
        var peers = relay.Instruments["signaling.peers"];
        member.Socket.Cut();
        await relay.Instruments.IsAsync("signaling.peers", peers - 1);
    }
}
