using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Signaling.Server.Hosting;
using Signaling.Server.Relay;
using Signaling.Server.Sockets;
using Signaling.Server.Tests.Harness;

namespace Signaling.Server.Tests.Sockets;

public sealed class CapacityTests
{
    private static readonly (string, string) Proxy = ("Server:TrustedProxies", "127.0.0.1");

    [Fact]
    public async Task A_room_takes_as_many_as_it_may_and_a_freed_place_is_given_again()
    {
        await using var relay = await TestRelay.StartAsync(("Limits:PeersPerRoom", "2"));
        var alice = await relay.JoinAsync("demo");
        var bob = await relay.JoinAsync("demo");

        Refused(503, await relay.AskAsync("/room/demo"));
        await relay.Instruments.IsAsync("signaling.refusals", 1, "room-full");
        await relay.JoinAsync("another");

        await LeaveAsync(relay, bob, others: 2);
        var carol = await relay.JoinAsync("demo");
        await alice.SayAsync("hello");
        Assert.Equal("hello", (await carol.NextAsync()).Text);
        Assert.Equal(0, relay.Instruments["signaling.evictions"]);
    }

    [Fact]
    public async Task Members_of_both_modes_count_together_and_nobody_hears_of_one_who_was_refused()
    {
        await using var relay = await TestRelay.StartAsync(("Limits:PeersPerRoom", "2"), ("Limits:Rooms", "1"));
        var raw = await relay.JoinAsync("demo");
        var alice = await relay.EnterAsync("demo");

        Refused(503, await relay.AskAsync("/room/demo?v=1"));
        Refused(503, await relay.AskAsync("/room/demo"));
        Refused(503, await relay.AskAsync("/room/another?v=1"));
        await alice.HearsNothingAsync();

        await LeaveAsync(relay, raw, others: 1);
        var bob = await relay.EnterAsync("demo");
        Assert.Equal([alice.Id], bob.Roster);
        await alice.NextAsync("join");
    }

    [Fact]
    public async Task A_place_that_is_kept_is_taken()
    {
        await using var relay = await TestRelay.StartAsync(("Limits:PeersPerRoom", "1"));
        var alice = await relay.EnterAsync("demo");
        alice.Socket.Cut();
        await relay.Instruments.IsAsync("signaling.peers", 0);

        Refused(503, await relay.AskAsync("/room/demo"));
        Assert.True((await relay.ResumeAsync("demo", alice.Secret)).Resumed);
    }

    [Fact]
    public async Task There_are_as_many_rooms_as_there_may_be_and_those_there_are_can_be_joined()
    {
        await using var relay = await TestRelay.StartAsync(("Limits:Rooms", "2"));
        await relay.JoinAsync("red");
        var blue = await relay.JoinAsync("blue");

        Refused(503, await relay.AskAsync("/room/green"));
        Refused(503, await relay.AskAsync("/"));
        await relay.Instruments.IsAsync("signaling.refusals", 2, "too-many-rooms");
        await relay.JoinAsync("red");

        await LeaveAsync(relay, blue, others: 2);
        await relay.JoinAsync("green");
        Refused(503, await relay.AskAsync("/room/blue"));
    }

    [Fact]
    public async Task The_server_takes_as_many_connections_as_it_may()
    {
        await using var relay = await TestRelay.StartAsync(("Limits:Connections", "2"));
        await relay.JoinAsync("red");
        var bob = await relay.JoinAsync("blue");

        Refused(503, await relay.AskAsync("/room/green"));
        await relay.Instruments.IsAsync("signaling.refusals", 1, "server-full");

        await LeaveAsync(relay, bob, others: 1);
        await relay.JoinAsync("green");
    }

    [Fact]
    public async Task One_address_gets_as_many_connections_as_it_may()
    {
        await using var relay = await TestRelay.StartAsync(("Limits:ConnectionsPerAddress", "2"));
        await relay.JoinAsync("red");
        var bob = await relay.JoinAsync("blue");

        Refused(429, await relay.AskAsync("/room/green"));
        await relay.Instruments.IsAsync("signaling.refusals", 1, "address-full");

        await LeaveAsync(relay, bob, others: 1);
        await relay.JoinAsync("green");
    }

    [Theory]
    [InlineData("192.0.2.1", "192.0.2.1", 429)]
    [InlineData("192.0.2.1", "::ffff:192.0.2.1", 429)]
    [InlineData("192.0.2.1", "192.0.2.2", 101)]
    [InlineData("2001:db8:0:1::1", "2001:db8:0:1:ffff::2", 429)]
    [InlineData("2001:db8:0:1::1", "[2001:db8:0:1::2]:4711", 429)]
    [InlineData("2001:db8:0:1::1", "2001:db8:0:2::1", 101)]
    [InlineData("0.0.0.1", "0:1::5", 101)]
    public async Task Clients_behind_a_proxy_count_by_ipv4_address_or_ipv6_network(string first, string second, int status)
    {
        await using var relay = await TestRelay.StartAsync(Proxy, ("Limits:ConnectionsPerAddress", "1"));
        await relay.JoinAsync("demo", headers: $"X-Forwarded-For: {first}");

        Assert.Equal(status, (await relay.AskAsync("/room/demo", $"X-Forwarded-For: {second}")).Status);
    }

    [Fact]
    public async Task What_a_client_says_of_itself_is_not_believed()
    {
        await using var relay = await TestRelay.StartAsync(("Limits:ConnectionsPerAddress", "1"));
        await relay.JoinAsync("demo", headers: "X-Forwarded-For: 192.0.2.1");
        Refused(429, await relay.AskAsync("/room/demo", "X-Forwarded-For: 192.0.2.2"));
    }

    [Fact]
    public async Task Of_a_chain_of_proxies_only_what_trusted_ones_wrote_is_believed()
    {
        await using var relay = await TestRelay.StartAsync(("Server:TrustedProxies", "127.0.0.1, 10.0.0.0/8"), ("Limits:ConnectionsPerAddress", "1"));
        await relay.JoinAsync("demo", headers: "X-Forwarded-For: 198.51.100.7, 192.0.2.1, 10.1.2.3");

        Refused(429, await relay.AskAsync("/room/demo", "X-Forwarded-For: 198.51.100.8, 192.0.2.1, 10.9.9.9"));
        Assert.Equal(101, (await relay.AskAsync("/room/demo", "X-Forwarded-For: 198.51.100.8, 192.0.2.2, 10.9.9.9")).Status);
    }

    [Fact]
    public async Task A_trusted_proxy_may_say_how_the_client_reached_it()
    {
        await using var relay = await TestRelay.StartAsync(Proxy);
        relay.Http.DefaultRequestHeaders.Add("X-Forwarded-Proto", "https");
        relay.Http.DefaultRequestHeaders.Add("X-Forwarded-Host", "relay.example.org");
        Assert.Contains("wss://relay.example.org/room/my-room", await relay.Http.GetStringAsync("/", TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Connections_cut_in_the_middle_of_the_upgrade_leave_no_trace()
    {
        await using var relay = await TestRelay.StartAsync(("Limits:ConnectionsPerAddress", "1000"));
        var upgrade = "GET /room/demo HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"u8.ToArray();

        await Parallel.ForAsync(0, 1000, new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (i, _) =>
        {
            var client = await relay.ConnectAsync();
            await client.SendAsync(upgrade.AsMemory(0, i % 2 == 0 ? upgrade.Length : i % upgrade.Length));
            client.Cut();
        });

        var places = relay.Services.GetRequiredService<ConnectionLimits>();
        await relay.UntilAsync(() => places.Addresses == 0 && relay.Services.GetRequiredService<Rooms>().Count == 0);
        await relay.Instruments.IsAsync("signaling.peers", 0);
    }

    [Theory]
    [InlineData("signaling.stillborn")]
    [InlineData("signaling.broken")]
    public async Task An_upgrade_that_fails_half_way_gives_its_place_back(string protocol)
    {
        await using var relay = await TestRelay.StartAsync(
            services => services
                .AddSingleton(new Subprotocol("signaling.stillborn", "2", _ => throw new InvalidOperationException()))
                .AddSingleton(new Subprotocol("signaling.broken", "3", _ => new BrokenProtocol())),
            ("Limits:ConnectionsPerAddress", "1"),
            ("Logging:LogLevel:Microsoft.AspNetCore.Server.Kestrel", "None"));

        for (var i = 0; i < 3; i++) Assert.Equal(500, (await relay.AskAsync("/room/demo", $"Sec-WebSocket-Protocol: {protocol}")).Status);
        await relay.UntilAsync(() => relay.Services.GetRequiredService<ConnectionLimits>().Addresses == 0);
        await relay.JoinAsync("demo");
    }

    [Fact]
    public async Task Thousands_of_rooms_are_opened_and_left_and_nothing_of_them_stays()
    {
        await using var relay = await TestRelay.StartAsync(("Limits:Rooms", "64"));
        await Parallel.ForAsync(0, 3000, new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (i, _) =>
        {
            using var guest = await Client.ConnectAsync(relay.EndPoint);
            await guest.UpgradeAsync($"/room/{i}");
            await guest.SayCloseAsync();
            await guest.CloseAsync();
            await guest.EndAsync();
        });

        await relay.UntilAsync(() => relay.Services.GetRequiredService<Rooms>().Count == 0);
        await relay.Instruments.IsAsync("signaling.peers", 0);
        Assert.Equal(0, relay.Instruments["signaling.refusals"]);
    }

    [Fact]
    public void An_address_without_a_family_is_counted_in_all_only()
    {
        Assert.Equal(ClientAddress.Of(null), default);
        Assert.NotEqual(ClientAddress.Of(IPAddress.Loopback), ClientAddress.Of(IPAddress.IPv6Loopback));
    }

    private static void Refused(int status, (int Status, string Head) answer)
    {
        Assert.Equal(status, answer.Status);
        Assert.Contains("Retry-After: ", answer.Head, StringComparison.Ordinal);
        Assert.Contains("application/problem+json", answer.Head, StringComparison.Ordinal);
    }

    private static async Task LeaveAsync(TestRelay relay, Client client, int others)
    {
        await client.SayCloseAsync();
        await client.CloseAsync();
        await relay.Instruments.IsAsync("signaling.peers", others);
    }

    private sealed class BrokenProtocol : IProtocol
    {
        public void Opened(Peer peer) => throw new InvalidOperationException();

        public void Received(Peer peer, Message message)
        {
        }

        public void Closed(Peer peer, CloseReason reason)
        {
        }
    }
}
