using System.Net.Sockets;
using System.Text;
using CsCheck;
using Signaling.Server.Sockets;
using Signaling.Server.Tests.Harness;

namespace Signaling.Server.Tests.Fuzz;

public sealed class ServerFuzzTests
{
    private const int AtOnce = 8;

    // Then with a new relay: the watchdogs of the harness end a client after a minute.
    private const int PerRelay = 240;

    // Frames that break the rules, messages that break the protocol, and such as break neither.
    private static readonly Gen<(bool Envelope, byte[] Bytes, int[] Cuts)> Hostile = Gen.Select(
        Gen.Bool,
        Gen.Frequency(
            (2, ClientBytes.Stream),
            (1, Messages(JsonTexts.Any)),
            (1, Gen.Select(Messages(JsonTexts.Any), ClientBytes.Damage, ClientBytes.Damaged)),
            (1, Messages(Gen.OneOf("{\"type\":\"bye\"}", "{\"data\":\"bob 1\"}", "{\"type\":\"ice\"}", "{\"type\":\"meta\",\"meta\":{}}").Select(Encoding.UTF8.GetBytes)))),
        ClientBytes.Cuts,
        (envelope, bytes, cuts) => (envelope, bytes, cuts));

    [Fact]
    public async Task Whatever_strangers_send_the_others_go_on_talking_and_other_rooms_hear_nothing_of_it()
    {
        for (var from = 0; from < Fuzzing.Iterations(PerRelay); from += PerRelay) await TalkAmongStrangersAsync(from);
        Fuzzing.Say(PerRelay);
    }

    private static async Task TalkAmongStrangersAsync(int first)
    {
        await using var relay = await TestRelay.StartAsync(("Resume:Grace", "0"), ("Limits:ConnectionsPerAddress", "0"));
        var alice = await relay.EnterAsync("fuzzed");
        var bob = await relay.EnterAsync("fuzzed");
        var ann = await relay.JoinAsync("fuzzed");
        var ben = await relay.JoinAsync("fuzzed");
        var carol = await relay.EnterAsync("quiet");
        var dave = await relay.EnterAsync("quiet");
        var kim = await relay.JoinAsync("quiet");
        await carol.NextAsync("join");

        for (var from = first; from < first + PerRelay; from += AtOnce)
        {
            var strangers = Enumerable.Range(from, AtOnce).Select(i => MisbehaveAsync(relay, i)).ToArray();

            await alice.SayAsync($$"""{"to":"{{bob.Id}}","data":"alice {{from}}"}""");
            await ann.SayAsync($"ann {from}");
            await carol.SayAsync($$"""{"data":"carol {{from}}"}""");

            await HearsAsync(() => bob.NextAsync(), $$"""{"from":"{{alice.Id}}","to":"{{bob.Id}}","data":"alice {{from}}"}""", told => told.Contains(alice.Id, StringComparison.Ordinal) && told.Contains("\"to\"", StringComparison.Ordinal));
            await HearsAsync(async () => (await ben.NextAsync()).Text, $"ann {from}", told => told.StartsWith("ann ", StringComparison.Ordinal));
            await dave.HearsAsync($$"""{"from":"{{carol.Id}}","data":"carol {{from}}"}""");
            Assert.Equal($"\"carol {from}\"", (await kim.NextAsync()).Text);
            await Task.WhenAll(strangers);
        }

        await carol.HearsNothingAsync();
    }

    // What strangers say is heard too, in the same room; of who is asked for, it is the very next.
    private static async Task HearsAsync(Func<Task<string>> next, string expected, Func<string, bool> isOfInterest)
    {
        string told;
        do told = await next(); while (!isOfInterest(told));
        Assert.Equal(expected, told);
    }

    private static async Task MisbehaveAsync(TestRelay relay, int number)
    {
        var (envelope, bytes, cuts) = Fuzzing.Case(Hostile, number);
        // Not the relay's own list of clients: there are many.
        using var stranger = await Client.ConnectAsync(relay.EndPoint);
        await stranger.UpgradeAsync("/room/fuzzed", envelope ? "Sec-WebSocket-Protocol: signaling.v1" : "Sec-WebSocket-Protocol: signaling.raw");
        try
        {
            foreach (var piece in ClientBytes.Cut(bytes, cuts).Chunk(50)) await stranger.SendAsync(piece.SelectMany(one => one).ToArray());
            stranger.EndSending();
        }
        catch (SocketException)
        {
            // It was closed already.
        }
        var code = await EndOfAsync(stranger);
        Assert.True(code is null or 1000 or 1002 or 1007 or 1008 or 1009 or 4400, $"case {number} of FUZZ_SEED={Fuzzing.Seed} was closed with {code}");
    }

    // The code, or null when it went on until its own end.
    private static async Task<int?> EndOfAsync(Client stranger)
    {
        try
        {
            return (await stranger.CloseAsync()).CloseCode;
        }
        catch (EndOfStreamException)
        {
            return null;
        }
    }

    private static Gen<byte[]> Messages(Gen<byte[]> payload) =>
        Gen.Select(payload, Gen.Int[1, 3], Gen.UInt, (text, fragments, key) => new Sent(Opcode.Text, text, fragments, key, Pings: false))
            .Array[1, 14].Select(ClientBytes.Encode);
}
