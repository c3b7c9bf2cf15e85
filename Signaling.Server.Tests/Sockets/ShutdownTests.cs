using Signaling.Server.Tests.Harness;

namespace Signaling.Server.Tests.Sockets;

public sealed class ShutdownTests
{
    private static readonly (string, string) AtOnce = ("Drain:Period", "00:00:00");

    [Fact]
    public async Task Everyone_is_told_1001_and_then_the_server_stops()
    {
        await using var relay = await TestRelay.StartAsync(AtOnce);
        var alice = await relay.JoinAsync("red");
        var bob = await relay.JoinAsync("blue");

        var stopping = relay.StopAsync();
        Assert.Equal(1001, (await alice.CloseAsync()).CloseCode);
        Assert.Equal(1001, (await bob.CloseAsync()).CloseCode);
        await alice.SayCloseAsync(1001);
        await bob.SayCloseAsync(1001);

        await stopping;
        Assert.True(await alice.EndAsync());
    }

    [Fact]
    public async Task What_was_said_before_the_end_is_still_delivered()
    {
        await using var relay = await TestRelay.StartAsync(AtOnce);
        var alice = await relay.JoinAsync("red");
        var bob = await relay.JoinAsync("red");
        for (var i = 0; i < 100; i++) await alice.SayAsync($"{i}");
        await relay.Instruments.IsAsync("signaling.messages.received", 100);

        var stopping = relay.StopAsync();
        for (var i = 0; i < 100; i++) Assert.Equal($"{i}", (await bob.NextAsync()).Text);
        Assert.Equal(1001, (await bob.NextAsync()).CloseCode);

        alice.Cut();
        bob.Cut();
        await stopping;
    }

    [Fact]
    public async Task Who_does_not_answer_cannot_hold_the_server_up()
    {
        await using var relay = await TestRelay.StartAsync(AtOnce);
        var mallory = await relay.JoinAsync("red");

        var stopping = relay.StopAsync();
        Assert.Equal(1001, (await mallory.CloseAsync()).CloseCode);
        relay.Time.Advance(TimeSpan.FromSeconds(1));
        relay.Time.Advance(TimeSpan.FromSeconds(2));

        await stopping;
    }

    [Fact]
    public async Task A_newcomer_is_told_to_come_again()
    {
        await using var relay = await TestRelay.StartAsync(AtOnce);
        var alice = await relay.JoinAsync("red");
        var bob = await relay.ConnectAsync();
        var stopping = relay.StopAsync();
        await alice.CloseAsync();

        var (status, head) = await bob.RequestAsync("/room/red");

        Assert.Equal(503, status);
        Assert.Contains("Retry-After: ", head, StringComparison.Ordinal);
        alice.Cut();
        await stopping;
    }
}
