using System.Globalization;
using System.Net;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Signaling.Server.Hosting;
using Signaling.Server.Relay;
using Signaling.Server.Sockets;
using Signaling.Server.Tests.Harness;

namespace Signaling.Server.Tests.Sockets;

public sealed class DrainTests
{
    private const string Announcing = "Sec-WebSocket-Protocol: test.announcing";

    private static readonly (string, string) EightSeconds = ("Drain:Period", "00:00:08");
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(500);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Everybody_is_told_at_once_when_he_will_be_closed_evenly_over_the_period_and_then_is()
    {
        await using var relay = await StartAsync(EightSeconds);
        var clients = new List<Client>();
        for (var i = 0; i < 4; i++) clients.Add(await relay.JoinAsync("demo", headers: Announcing));

        var stopping = relay.StopAsync();
        var announced = new List<(TimeSpan After, Client Client)>();
        foreach (var client in clients)
            announced.Add((TimeSpan.FromMilliseconds(double.Parse((await client.NextAsync()).Text, CultureInfo.InvariantCulture)), client));
        announced = [.. announced.OrderBy(one => one.After)];

        for (var i = 0; i < 4; i++)
        {
            Assert.InRange(announced[i].After, TimeSpan.FromSeconds(2 * i), TimeSpan.FromSeconds(2 * (i + 1)));
            Assert.Equal(0, Closing(relay));
            relay.Time.Advance(TimeSpan.FromSeconds(2));
            Assert.Equal(1, Closing(relay));

            var client = announced[i].Client;
            Assert.Equal(1012, (await client.CloseAsync()).CloseCode);
            await client.SayCloseAsync(1012);
            await relay.Instruments.IsAsync("signaling.evictions", i + 1, "restart");
        }
        await stopping;
    }

    [Fact]
    public async Task An_envelope_client_is_told_goaway_and_closed_1012_when_it_said()
    {
        await using var relay = await StartAsync(EightSeconds);
        var alice = await relay.EnterAsync("demo");

        var stopping = relay.StopAsync();
        Assert.Equal(4000, (await alice.NextAsync("goaway")).GetProperty("afterMs").GetInt64());
        relay.Time.Advance(TimeSpan.FromSeconds(4.5));

        Assert.Equal(1012, (await alice.Socket.CloseAsync()).CloseCode);
        await alice.Socket.SayCloseAsync(1012);
        await stopping;
    }

    [Fact]
    public async Task Raw_clients_hear_nothing_but_their_close_and_talk_until_then()
    {
        await using var relay = await StartAsync(EightSeconds);
        var alice = await relay.JoinAsync("demo");
        var bob = await relay.JoinAsync("demo");

        var stopping = relay.StopAsync();
        await alice.SayAsync("still here");
        await bob.SayAsync("me too");
        Assert.Equal("me too", (await alice.NextFrameAsync()).Text);
        Assert.Equal("still here", (await bob.NextFrameAsync()).Text);

        relay.Time.Advance(TimeSpan.FromSeconds(8));
        foreach (var client in new[] { alice, bob })
        {
            Assert.Equal(1012, (await client.NextFrameAsync()).CloseCode);
            await client.SayCloseAsync(1012);
        }
        await stopping;
    }

    [Fact]
    public async Task While_it_drains_the_server_is_alive_but_not_ready_and_newcomers_are_told_to_come_again()
    {
        await using var relay = await StartAsync(EightSeconds);
        var alice = await relay.JoinAsync("demo");
        Assert.Equal(HttpStatusCode.OK, (await relay.Http.GetAsync("/health", Token)).StatusCode);

        var stopping = relay.StopAsync();

        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await relay.Http.GetAsync("/health", Token)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await relay.Http.GetAsync("/alive", Token)).StatusCode);
        var (status, head) = await relay.AskAsync("/room/demo");
        Assert.Equal(503, status);
        Assert.Contains("Retry-After: ", head, StringComparison.Ordinal);
        await relay.Instruments.IsAsync("signaling.refusals", 1, "stopping");

        alice.Cut();
        await stopping;
    }

    [Fact]
    public async Task It_ends_as_soon_as_nobody_is_connected()
    {
        await using var relay = await StartAsync(EightSeconds);
        var alice = await relay.JoinAsync("demo");
        var bob = await relay.JoinAsync("demo");

        var stopping = relay.StopAsync();
        alice.Cut();
        await bob.SayCloseAsync();

        // Not a second has passed.
        await stopping;
    }

    [Fact]
    public async Task A_second_order_closes_everybody_1001_at_once()
    {
        await using var relay = await StartAsync(EightSeconds);
        var alice = await relay.JoinAsync("demo");
        var order = relay.Services.GetRequiredService<StopOrder>();

        order.Give();
        var stopping = relay.StopAsync();
        Assert.Equal(0, Closing(relay));
        order.Give();

        Assert.Equal(1001, (await alice.CloseAsync()).CloseCode);
        await alice.SayCloseAsync(1001);
        await stopping;
    }

    [Fact]
    public async Task Who_takes_what_waits_for_him_slowly_has_until_the_end_of_the_period()
    {
        await using var relay = await StartAsync(EightSeconds, ("Limits:OutboxBytes", "100000000"));
        var slow = await BehindAsync(relay);

        var stopping = relay.StopAsync();
        relay.Time.Advance(TimeSpan.FromSeconds(4.5));
        Assert.Equal(1, Closing(relay));
        relay.Time.Advance(TimeSpan.FromSeconds(3));

        // Closed three seconds ago, and not cut off: all of it comes, and then the reason.
        for (var i = 0; i < Messages; i++) Assert.Equal(Opcode.Binary, (await slow.NextAsync()).Opcode);
        Assert.Equal(1012, (await slow.NextAsync()).CloseCode);
        await slow.SayCloseAsync();
        await stopping;
    }

    [Fact]
    public async Task And_is_cut_off_then()
    {
        await using var relay = await StartAsync(EightSeconds, ("Limits:OutboxBytes", "100000000"));
        await BehindAsync(relay);

        var stopping = relay.StopAsync();
        relay.Time.Advance(TimeSpan.FromSeconds(4.5));
        relay.Time.Advance(TimeSpan.FromSeconds(3));
        Assert.False(stopping.IsCompleted);
        relay.Time.Advance(Tick);
        await relay.UntilAsync(() => !relay.Services.GetRequiredService<Connections>().IsDraining);
        relay.Time.Advance(Tick);

        await stopping;
    }

    [Fact]
    public async Task Who_has_taken_all_and_does_not_answer_the_close_is_not_waited_for()
    {
        await using var relay = await StartAsync(EightSeconds);
        var mallory = await relay.JoinAsync("demo");

        var stopping = relay.StopAsync();
        relay.Time.Advance(TimeSpan.FromSeconds(4.5));
        Assert.Equal(1012, (await mallory.CloseAsync()).CloseCode);
        relay.Time.Advance(TimeSpan.FromSeconds(2.5));

        await mallory.EndAsync();
        await stopping;
    }

    [Theory]
    [InlineData("Production", 8)]
    [InlineData("Development", 0)]
    public async Task The_host_gives_the_drain_its_time_and_development_does_not_wait(string environment, int seconds)
    {
        await using var relay = await StartAsync(("environment", environment));
        Assert.Equal(TimeSpan.FromSeconds(seconds), relay.Services.GetRequiredService<IOptions<DrainOptions>>().Value.Period);
        Assert.Equal(TimeSpan.FromSeconds(seconds + 4), relay.Services.GetRequiredService<IOptions<HostOptions>>().Value.ShutdownTimeout);
    }

    private const int Messages = 400;

    // Somebody for whom more waits than the kernels hold between him and the server; the only one who is left.
    private static async Task<Client> BehindAsync(TestRelay relay)
    {
        var slow = await relay.JoinAsync("demo", receiveBuffer: 4096);
        var alice = await relay.JoinAsync("demo");
        for (var i = 0; i < Messages; i++) await alice.SayAsync(Opcode.Binary, new byte[60_000]);
        await alice.SayCloseAsync();
        await alice.CloseAsync();
        await relay.Instruments.IsAsync("signaling.peers", 1);
        return slow;
    }

    private static int Closing(TestRelay relay) =>
        relay.Services.GetRequiredService<Connections>().All.Count(session => session.Outbox.Ending is not null);

    // Chance is in the middle: a plan for one closes him half-way.
    private static Task<TestRelay> StartAsync(params (string, string)[] settings) => TestRelay.StartAsync(
        services => services
            .AddSingleton<Random>(new Even())
            .AddSingleton(new Subprotocol("test.announcing", "announcing", _ => new AnnouncingProtocol())),
        settings);

    private sealed class Even : Random
    {
        public override double NextDouble() => 0.5;
    }

    private sealed class AnnouncingProtocol : IProtocol
    {
        public void Opened(Peer peer)
        {
        }

        public void Received(Peer peer, Message message)
        {
        }

        public void GoingAway(Peer peer, TimeSpan after) =>
            peer.Post(FrameEncoder.Encode(Opcode.Text, Encoding.ASCII.GetBytes(after.TotalMilliseconds.ToString(CultureInfo.InvariantCulture))));

        public void Closed(Peer peer, CloseReason reason)
        {
        }
    }
}
