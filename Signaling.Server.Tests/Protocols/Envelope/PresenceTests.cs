using System.Text.Json;
using Signaling.Server.Sockets;
using Signaling.Server.Tests.Harness;

namespace Signaling.Server.Tests.Protocols.Envelope;

public sealed class PresenceTests
{
    private static readonly TimeSpan Batch = TimeSpan.FromMilliseconds(250);

    [Fact]
    public async Task In_a_storm_of_joins_everybody_is_told_of_every_other_exactly_once_and_before_he_speaks()
    {
        const int Members = 40;
        await using var relay = await TestRelay.StartAsync();

        var members = await Task.WhenAll(Enumerable.Range(0, Members).Select(_ => Task.Run(async () =>
        {
            var member = await relay.EnterAsync("demo");
            await member.SayAsync("""{"data":"hello"}""");
            return new Acquaintances(member);
        })));
        // The last word reaches everybody after all else has been said.
        await relay.Instruments.IsAsync("signaling.messages.received", Members);
        var last = await relay.EnterAsync("demo");
        await last.SayAsync("""{"data":"the end"}""");

        foreach (var one in members) await one.ListenUntilAsync(last.Id);
        foreach (var one in members)
            Assert.Equal(members.Select(other => other.Id).Append(last.Id).Where(id => id != one.Id).Order(), one.Known.Order());
    }

    [Fact]
    public async Task Large_rooms_tell_comings_and_goings_together_and_at_most_once_a_period()
    {
        await using var relay = await TestRelay.StartAsync(("Presence:BatchAbove", "3"));
        var alice = await relay.EnterAsync("demo");
        var bob = await relay.EnterAsync("demo");
        var carol = await relay.EnterAsync("demo");
        for (var i = 0; i < 2; i++) await alice.NextAsync("join");

        var late = new List<Member>();
        for (var i = 0; i < 4; i++) late.Add(await relay.EnterAsync("demo"));
        await relay.LeaveAsync(bob);
        await relay.LeaveAsync(late[1]);
        await alice.HearsNothingAsync();
        relay.Time.Advance(Batch);

        // Who came and left in between was never there.
        var presence = await alice.NextAsync("presence");
        Assert.Equal([late[0].Id, late[2].Id, late[3].Id], presence.Ids("joined"));
        Assert.Equal([bob.Id], presence.Ids("left"));
        Assert.Equal("closed", presence.GetProperty("left")[0].GetProperty("reason").GetString());
        await alice.HearsNothingAsync();

        // The welcome of the last one listed three; it is told of the others, but not of who left before it knew him.
        Assert.Equal([alice.Id, bob.Id, carol.Id], late[3].Roster);
        Assert.True(late[3].Welcome.GetProperty("more").GetBoolean());
        Assert.False(carol.Welcome.TryGetProperty("more", out _));
        presence = await late[3].NextAsync("presence");
        Assert.Equal([late[0].Id, late[2].Id], presence.Ids("joined"));
        Assert.Equal([bob.Id], presence.Ids("left"));
    }

    [Fact]
    public async Task Nobody_in_a_large_room_speaks_before_he_was_announced()
    {
        await using var relay = await TestRelay.StartAsync(("Presence:BatchAbove", "2"));
        var alice = await relay.EnterAsync("demo");
        var bob = await relay.EnterAsync("demo");
        await alice.NextAsync("join");
        var carol = await relay.EnterAsync("demo");
        var dave = await relay.EnterAsync("demo");

        await dave.SayAsync($$"""{"to":"{{alice.Id}}","data":"for alice"}""");
        Assert.Equal([dave.Id], (await alice.NextAsync("presence")).Ids("joined"));
        Assert.Equal("for alice", (await alice.NextJsonAsync()).GetProperty("data").GetString());

        relay.Time.Advance(Batch);
        Assert.Equal([carol.Id], (await alice.NextAsync("presence")).Ids("joined"));
        Assert.Equal([carol.Id, dave.Id], (await bob.NextAsync("presence")).Ids("joined"));
    }

    [Fact]
    public async Task A_thousand_who_come_at_once_know_each_other_in_the_end_and_frames_are_few()
    {
        const int Members = 1000;
        await using var relay = await TestRelay.StartAsync(("Limits:PeersPerRoom", "1001"));
        var members = new Acquaintances[Members];
        await Parallel.ForAsync(0, Members, new ParallelOptions { MaxDegreeOfParallelism = 16 }, async (i, _) =>
            members[i] = new Acquaintances(await relay.EnterAsync("demo")));

        relay.Time.Advance(Batch);
        relay.Time.Advance(Batch);
        var last = await relay.EnterAsync("demo");
        relay.Time.Advance(Batch);
        await last.SayAsync("""{"data":"the end"}""");

        await Parallel.ForEachAsync(members, async (one, _) => await one.ListenUntilAsync(last.Id));
        foreach (var one in members) Assert.Equal(Members, one.Known.Count);
        // N joins told to N others one by one would be about 500 frames for each.
        Assert.InRange(members.Average(one => one.Frames), 1, 80);
    }

    [Fact]
    public async Task A_newcomer_with_a_small_outbox_gets_a_long_roster_bit_by_bit()
    {
        await using var relay = await TestRelay.StartAsync(("Limits:OutboxBytes", "70000"));
        var meta = Uri.EscapeDataString($$"""{"x":"{{new string('m', 3000)}}"}""");
        for (var i = 0; i < 100; i++) await relay.EnterAsync("demo", $"?meta={meta}");

        var last = new Acquaintances(await relay.EnterAsync("demo"));
        while (last.Known.Count < 100)
        {
            // What is still being written takes its turn from it.
            await last.HasTakenAllAsync();
            relay.Time.Advance(Batch);
            await last.ListenAsync();
        }
    }

    /// <summary>Whom a member knows of, by what it was told; anything told twice or out of order fails.</summary>
    private sealed class Acquaintances(Member member)
    {
        public HashSet<string> Known { get; } = [.. member.Roster];

        public string Id => member.Id;

        public int Frames => member.Got;

        /// <summary>Waits until the server knows that all was written: it has gone on to the answer to a ping.</summary>
        public async Task HasTakenAllAsync()
        {
            await member.Socket.SayAsync(Opcode.Ping, []);
            Received next;
            while ((next = await member.Socket.NextFrameAsync()).Opcode != Opcode.Pong) Assert.Equal(Opcode.Ping, next.Opcode);
        }

        public async Task ListenUntilAsync(string speaker)
        {
            while (await ListenAsync() != speaker)
            {
            }
        }

        /// <summary>Who said the next thing; null for presence.</summary>
        public async Task<string?> ListenAsync()
        {
            var heard = await member.NextJsonAsync();
            if (!heard.TryGetProperty("type", out var type))
            {
                var from = heard.GetProperty("from").GetString()!;
                Assert.Contains(from, Known);
                return from;
            }
            switch (type.GetString())
            {
                case "join":
                    Assert.True(Known.Add(heard.GetProperty("id").GetString()!));
                    break;
                case "presence":
                    Assert.All(heard.Ids("joined"), id => Assert.True(Known.Add(id)));
                    Assert.All(heard.Ids("left"), id => Assert.True(Known.Remove(id)));
                    break;
                default:
                    Assert.Fail(heard.GetRawText());
                    break;
            }
            return null;
        }
    }
}
