using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Signaling.E2E.Browsers;
using Signaling.E2E.Running;

namespace Signaling.E2E;

/// <summary>What goes wrong is told to a person, in words that say what to do, and what mends itself needs nobody.</summary>
public sealed class Troubles(BrowserProcesses browsers) : SystemTest(browsers)
{
    private const string Key = "a key of thirty-two bytes or more";

    protected override bool IsRaw => false;

    [Fact]
    public async Task A_relay_that_is_not_there_is_named_and_found_when_it_comes()
    {
        await Relay.StopAsync();
        var elsewhere = await ComeAsync("elsewhere", PageOf(Room, Relay));
        await elsewhere.IsToldOfTheRelayAsync("not reachable", $"Tried {Relay.Socket(Room)}; trying again in");
        var here = await ComeAsync("here", PageOf(Room));
        await here.IsToldOfTheRelayAsync("not reachable", $"/signal/room/{Room}; trying again in");

        await Relay.StartAsync();
        await here.ReachesTheRelayAsync();
        await elsewhere.ReachesTheRelayAsync();
        await here.IsConnectedAsync();
    }

    [Fact]
    public async Task Where_tokens_are_needed_it_is_said_and_who_brings_one_is_let_in()
    {
        var relay = await RelayAsync($"--Access:Key={Key}");
        var alice = await ComeAsync("alice", PageOf(Room, relay));
        await alice.IsToldOfTheRelayAsync("not let in", $"{relay.Socket(Room)} answers", "It may want a token (add ?token=… to the address of this page)");

        var stranger = await ComeAsync("stranger", PageOf(Room, relay, Token("somewhere-else")));
        await stranger.IsToldOfTheRelayAsync("not let in", "It may not accept the token in the address of this page");

        var guest = await ComeAsync("guest", PageOf(Room, relay, Token(Room)));
        await guest.ReachesTheRelayAsync();
    }

    [Fact]
    public async Task Where_the_room_is_full_it_is_said_and_who_waits_comes_in_when_another_leaves()
    {
        var relay = await RelayAsync("--Limits:PeersPerRoom=2");
        var alice = await ComeAsync("alice", PageOf(Room, relay));
        var bob = await ComeAsync("bob", PageOf(Room, relay));
        await alice.IsConnectedWithAsync(1);
        var carol = await ComeAsync("carol", PageOf(Room, relay));
        await carol.IsToldOfTheRelayAsync("not let in", "have no place left in this room");

        await bob.CloseAsync();
        await carol.IsConnectedWithAsync(1);
        await alice.IsConnectedWithAsync(1);
    }

    [Fact]
    public async Task A_browser_without_WebRTC_is_told_what_has_it()
    {
        var alice = await ComeAsync("alice", PageOf(Room), "delete window.RTCPeerConnection");
        await alice.ReachesTheRelayAsync();
        await alice.SeesAsync("not available");
        await alice.IsToldOfThePeerAsync("A current Chrome, Edge, Firefox or Safari has it.");
        await alice.CannotSayAnythingAsync();
    }

    // Browsers have their own lines for a request, or a WebSocket, that fails; no page can keep them from being written.
    protected override bool IsExpected(string logged) =>
        logged.Contains("WebSocket connection to", StringComparison.Ordinal) || logged.Contains("Failed to load resource", StringComparison.Ordinal);

    private async Task<Relay> RelayAsync(string setting)
    {
        var relay = Own(new Relay(null, setting));
        await relay.StartAsync();
        return relay;
    }

    private Uri PageOf(string room, Relay relay, string? token = null) =>
        new($"{PageOf(room)}&signal=ws://{relay.Url.Authority}{(token is null ? "" : $"&token={token}")}");

    private static string Token(string room)
    {
        var signed = $"{Part(new { alg = "HS256" })}.{Part(new { sub = "guest", room, exp = DateTimeOffset.UtcNow.AddMinutes(10).ToUnixTimeSeconds() })}";
        return $"{signed}.{Base64Url.EncodeToString(HMACSHA256.HashData(Encoding.UTF8.GetBytes(Key), Encoding.ASCII.GetBytes(signed)))}";
    }

    private static string Part(object part) => Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(part));
}
