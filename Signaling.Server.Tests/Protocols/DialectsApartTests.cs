using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Signaling.Server.Protocols.PeerJs;
using Signaling.Server.Protocols.WebTorrent;
using Signaling.Server.Tests.Harness;
using Signaling.Server.Tests.Protocols.PeerJs;

namespace Signaling.Server.Tests.Protocols;

/// <summary>What all dialects have in common with everything else: how they are let in, and how they end.</summary>
public sealed class DialectsApartTests
{
    public static TheoryData<string> Paths => ["/y-webrtc", "/announce", PeerJsClient.Path("alice")];

    [Theory]
    [MemberData(nameof(Paths))]
    public async Task Pages_of_foreign_origins_are_refused(string path)
    {
        await using var relay = await TestRelay.StartAsync(("Access:Origins", "https://app.example.org"));
        Assert.Equal(403, (await relay.AskAsync(path, "Origin: https://evil.example.org")).Status);
        Assert.Equal(101, (await relay.AskAsync(path, "Origin: https://app.example.org")).Status);
    }

    [Theory]
    [MemberData(nameof(Paths))]
    public async Task A_request_that_is_no_upgrade_is_told_so(string path)
    {
        await using var relay = await TestRelay.StartAsync();
        Assert.Equal(426, (await relay.AskAsync(path, "Upgrade:", "Connection: keep-alive")).Status);
    }

    [Theory]
    [MemberData(nameof(Paths))]
    public async Task Connections_are_counted_together_with_all_others(string path)
    {
        await using var relay = await TestRelay.StartAsync(("Limits:Connections", "1"));
        await relay.JoinAsync("room");
        Assert.Equal(503, (await relay.AskAsync(path)).Status);
    }

    [Theory]
    [MemberData(nameof(Paths))]
    public async Task A_message_that_is_too_large_closes(string path)
    {
        await using var relay = await TestRelay.StartAsync(("Limits:MaxMessageBytes", "1000"));
        var client = await relay.ConnectAsync();
        await client.UpgradeAsync(path);
        await client.SayAsync(new string('x', 1001));
        Assert.Equal(1009, (await client.CloseAsync()).CloseCode);
    }

    [Theory]
    [MemberData(nameof(Paths))]
    public async Task A_drain_closes_with_1012(string path)
    {
        await using var relay = await TestRelay.StartAsync(("Drain:Period", "00:00:08"));
        var client = await relay.ConnectAsync();
        await client.UpgradeAsync(path);
        var stopped = relay.StopAsync();
        relay.Time.Advance(TimeSpan.FromSeconds(8));
        Assert.Equal(1012, (await client.CloseAsync()).CloseCode);
        client.Cut();
        await stopped;
    }

    [Fact]
    public async Task Of_what_is_switched_off_nothing_is_made_and_of_what_nobody_uses_nothing_happens()
    {
        await using var relay = await TestRelay.StartAsync(
            services => services
                .AddSingleton<PeerJsRealm>(_ => throw new UnreachableException())
                .AddSingleton<Swarms>(_ => throw new UnreachableException()),
            ("PeerJs:Enabled", "false"), ("WebTorrent:Enabled", "false"), ("YWebRtc:Enabled", "false"));
        var alice = await relay.JoinAsync("room");
        var bob = await relay.JoinAsync("room");
        await alice.SayAsync("hello");
        Assert.Equal("hello", (await bob.NextAsync()).Text);
    }
}
