using Microsoft.Extensions.DependencyInjection;
using Signaling.Server.Relay;
using Signaling.Server.Sockets;
using Signaling.Server.Tests.Harness;

namespace Signaling.Server.Tests.Sockets;

public sealed class FailureTests
{
    private const string Offer = "Sec-WebSocket-Protocol: test.fails";

    [Fact]
    public async Task A_protocol_that_throws_ends_its_own_connection_only()
    {
        await using var relay = await StartAsync();
        var alice = await relay.JoinAsync("demo");
        var bob = await relay.JoinAsync("demo");
        var mallory = await relay.JoinAsync("demo", null, Offer);

        await mallory.SayAsync("now");

        Assert.Equal(1011, (await mallory.CloseAsync()).CloseCode);
        await mallory.SayCloseAsync();
        Assert.True(await mallory.EndAsync());
        await alice.SayAsync("still there?");
        Assert.Equal("still there?", (await bob.NextAsync()).Text);
        await relay.Instruments.IsAsync("signaling.peers", 2);
    }

    [Fact]
    public async Task One_that_throws_when_the_line_is_gone_harms_nobody_either()
    {
        await using var relay = await StartAsync();
        var alice = await relay.JoinAsync("demo");
        var bob = await relay.JoinAsync("demo");
        var mallory = await relay.JoinAsync("demo", null, Offer);

        mallory.Cut();

        await relay.Instruments.IsAsync("signaling.peers", 2);
        await alice.SayAsync("still there?");
        Assert.Equal("still there?", (await bob.NextAsync()).Text);
    }

    [Fact]
    public async Task One_that_throws_when_it_is_closed_by_another_thread_harms_nobody_either()
    {
        await using var relay = await StartAsync(("Drain:Period", "00:00:00"));
        var mallory = await relay.JoinAsync("demo", null, Offer);

        var stopping = relay.StopAsync();
        Assert.Equal(1001, (await mallory.CloseAsync()).CloseCode);
        await mallory.SayCloseAsync();

        await stopping;
        Assert.Equal(0, relay.Instruments["signaling.peers"]);
    }

    private static Task<TestRelay> StartAsync(params (string, string)[] settings) =>
        TestRelay.StartAsync(services => services.AddSingleton(new Subprotocol("test.fails", Version: null, _ => new Failing())), settings);

    private sealed class Failing : IProtocol
    {
        public void Opened(Peer peer)
        {
        }

        public void Received(Peer peer, Message message) => throw new InvalidOperationException("on a message");

        public void Closed(Peer peer, CloseReason reason) => throw new InvalidOperationException("at the end");
    }
}
