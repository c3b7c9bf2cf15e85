using System.Text;
using Signaling.Soak.Lines;
using Signaling.Soak.Truth;

namespace Signaling.Soak.Actors;

/// <summary>A peer of raw mode: a life is a connection.</summary>
internal sealed class RawActor(World world, RelayProcess relay, Func<SoakRoom> chooseRoom, int seed) : Actor(world, relay, chooseRoom, seed)
{
    protected override async Task EnterAsync(SoakRoom room)
    {
        var line = await Line.OpenAsync(Relay.EndPoint, $"/room/{room.Name}", envelope: false);
        lock (World.Gate)
        {
            World.Figures.Joins++;
            Line = line;
            Life = World.NewLife(room, isRaw: true);
            Hearing = new Hearing(World, Life);
            Hearing.Begins();
            World.Joined(Life);
            Note("connected");
        }
        _ = ListenAsync(line);
    }

    protected override Task SaySomethingAsync()
    {
        string text;
        int n;
        lock (World.Gate)
        {
            var speech = Next(Life!.ToAll, OneIn(20) ? Dice.Next(8000) : Dice.Next(300));
            (text, n) = (speech.Text(Life.Room.Name), speech.N);
            Note($"says {speech.Reference}");
        }
        return Line.SendAsync(Kind(n), Encoding.UTF8.GetBytes(text));
    }

    protected override Task DisturbAsync() => Dice.Next(10) switch
    {
        < 4 => LeaveInOrderAsync(),
        < 8 => DieAsync(),
        _ when Life!.Room.IsLarge => LeaveInOrderAsync(),
        _ => FloodAsync(),
    };

    protected override async Task LeaveInOrderAsync()
    {
        lock (World.Gate)
        {
            Line.MayEnd = [1000];
            Note("closes");
        }
        await Line.SayCloseAsync();
        await EndOfAsync(Line);
        lock (World.Gate)
        {
            Life!.ToAll.Current.Clean = true;
            IsOver(World.Now);
        }
    }

    protected override void Handle(WireFrame frame)
    {
        if (Life is null) return;
        if (frame.Opcode is not (WireOpcode.Text or WireOpcode.Binary)) throw new Violation($"{Life} got a frame {frame.Opcode}", Life);
        var speech = Speech.Read(frame.Payload, Life.Room.Name, Life);
        var isRaw = World.Life(speech.Key)?.IsRaw == true;
        if (frame.Opcode != (isRaw ? Kind(speech.N) : WireOpcode.Text)) throw new Violation($"{Life} heard {speech} as {frame.Opcode}", Life);
        Hearing!.Hears(frame.Payload, from: null, isForMe: false);
    }

    // Both kinds of message must keep theirs.
    private static WireOpcode Kind(int n) => n % 7 == 0 ? WireOpcode.Binary : WireOpcode.Text;

    private Task DieAsync()
    {
        lock (World.Gate)
        {
            World.Figures.Kills++;
            Line.MayEnd = [1006];
            Note("is killed");
            // The relay sees a reset at once; what was under way to it may be lost with the line.
            IsOver(World.Now + 5);
        }
        Line.Cut();
        return Task.CompletedTask;
    }

    private async Task FloodAsync()
    {
        lock (World.Gate)
        {
            World.Figures.Floods++;
            Line.MayEnd = [4429];
            Note("floods");
        }
        for (var i = 0; i < 500 && !Line.Ended.IsCompleted; i++) await SaySomethingAsync();
        await EndOfAsync(Line);
        lock (World.Gate) IsOver(World.Now);
    }
}
