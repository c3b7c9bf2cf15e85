using System.Text;
using Signaling.Soak.Lines;
using Signaling.Soak.Truth;

namespace Signaling.Soak.Actors;

// The ways in which it misbehaves, comes back and leaves.
internal sealed partial class EnvelopeActor
{
    protected override Task DisturbAsync() => Dice.Next(100) switch
    {
        < 20 => DieAndComeBackAsync(),
        < 26 => DieAndComeBackAsync(counted: false),
        < 32 => DieAndComeBackAsync(losingWelcomes: 1 + Dice.Next(2)),
        < 38 => DieAndComeBackLateAsync(),
        < 48 => TakeOverAsync(),
        < 60 => _tunnel is null ? DieAndComeBackAsync() : GoSilentAsync(),
        < 66 => StopReadingForAWhileAsync(),
        < 74 => _isFrail ? StopReadingAsync() : StopReadingForAWhileAsync(),
        < 78 => Life!.Room.IsLarge ? TakeOverAsync() : FloodAsync(),
        < 90 => LeaveInOrderAsync(),
        < 96 => DieAsync(),
        _ => BreakTheRulesAsync(),
    };

    protected override async Task LeaveInOrderAsync()
    {
        Expect([1000], ["closed"], steady: true, "leaves");
        await (OneIn(2) ? Line.SayCloseAsync() : Line.SayAsync("""{"type":"bye"}"""));
        await EndOfAsync(Line);
        lock (World.Gate)
        {
            foreach (var channel in Life!.Channels) channel.Current.Clean = true;
            IsOver(World.Now);
        }
    }

    // From here on the line may end so, and the others may be told so.
    private void Expect(int[] codes, string[] reasons, bool steady, string note)
    {
        lock (World.Gate)
        {
            Line.MayEnd = codes;
            Life!.MayLeave = reasons;
            Life.IsSteady = steady;
            Note(note);
        }
    }

    private void Cut()
    {
        Expect([1006], Lapses, steady: false, "is cut");
        lock (World.Gate) (World.Figures.Kills, Line.Ignored) = (World.Figures.Kills + 1, true);
        Line.Cut();
    }

    private async Task DieAndComeBackAsync(bool counted = true, int losingWelcomes = 0)
    {
        Cut();
        await PauseAsync(OneIn(3) ? 0.02 : Relay.PlaceKept.TotalSeconds / 3);
        for (var i = 0; i < losingWelcomes; i++) await LoseWelcomeAsync();
        await ComeBackAsync(counted);
    }

    private async Task DieAndComeBackLateAsync()
    {
        Cut();
        await Task.Delay(Relay.PlaceKept + TimeSpan.FromSeconds(5));
        await ComeBackAsync(mayResume: false, mayBeNew: true);
    }

    private Task DieAsync()
    {
        Cut();
        lock (World.Gate) IsOver(World.Now + Relay.Lapse.TotalSeconds);
        return Task.CompletedTask;
    }

    private async Task TakeOverAsync()
    {
        var old = Line;
        lock (World.Gate)
        {
            World.Figures.TakeOvers++;
            old.Ignored = true;
        }
        Expect([4409], Lapses, steady: false, "takes over");
        await ComeBackAsync();
        await EndOfAsync(old);
    }

    private async Task GoSilentAsync()
    {
        var old = Line;
        lock (World.Gate) World.Figures.Silences++;
        Expect([1006], Lapses, steady: false, "goes silent");
        _tunnel!.GoSilent();
        for (var i = Dice.Next(5); i > 0; i--) await SaySomethingAsync();
        var forGood = OneIn(4);
        await PauseAsync(Relay.PlaceKept.TotalSeconds * 0.8);
        lock (World.Gate) old.Ignored = true;
        old.Cut();
        if (!forGood) await ComeBackAsync();
        else lock (World.Gate) IsOver(World.Now + Relay.Lapse.TotalSeconds);
    }

    private async Task StopReadingForAWhileAsync()
    {
        lock (World.Gate)
        {
            World.Figures.Stalls++;
            Note("stops reading for a while");
        }
        Line.Stall();
        await PauseAsync(3);
        Line.Resume();
        lock (World.Gate) Hearing!.WasSlow();
        await FenceAsync();
    }

    // Until the relay has enough of it, which another member sees to.
    private async Task StopReadingAsync()
    {
        lock (World.Gate) World.Figures.Stalls++;
        Expect([4408, 1006], Lapses, steady: false, "stops reading");
        Line.Stall();
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (World.Gate)
        {
            var friend = everybody.OfType<EnvelopeActor>().FirstOrDefault(one =>
                one != this && one._errand is null && one.Life is { IsSteady: true } life && life.Room == Life!.Room && one.Hearing!.Roster.Shows(Life));
            if (friend is null) done.SetResult();
            else friend._errand = (Life!, done);
        }
        await Task.WhenAny(done.Task, Task.Delay(TimeSpan.FromSeconds(15)));
        await PauseAsync(4);
        lock (World.Gate) Hearing!.WasSlow();
        Line.Resume();

        var pong = FenceAsync();
        await Task.WhenAny(pong, Line.Ended);
        if (!Line.Ended.IsCompleted && pong.IsCompletedSuccessfully && !OneIn(2))
        {
            // It was not slow enough to be closed.
            Expect([], [], steady: true, "reads again");
            return;
        }
        Note("was too slow");
        Cut();
        if (OneIn(2)) await ComeBackAsync(mayBeNew: true);
        else lock (World.Gate) IsOver(World.Now + Relay.Lapse.TotalSeconds);
    }

    private async Task FloodAsync()
    {
        // The burst is 300: beyond it messages are refused, and beyond 300 refusals the relay closes.
        var isTooMuch = OneIn(3);
        lock (World.Gate) World.Figures.Floods++;
        if (isTooMuch) Expect([4429], ["limit"], steady: false, "floods");
        for (var i = 0; i < (isTooMuch ? 1200 : 330) && !Line.Ended.IsCompleted; i++) await SayAsync(null, 10);
        if (!isTooMuch) return;
        await EndOfAsync(Line);
        lock (World.Gate) IsOver(World.Now);
    }

    private async Task BreakTheRulesAsync()
    {
        _isVandal = true;
        var (code, note) = Dice.Next(4) switch
        {
            0 => (1002, "does not mask"),
            1 => (1007, "says what is not UTF-8"),
            2 => (1009, "says too much"),
            _ => (4400, "does not speak the protocol"),
        };
        Expect([code], ["limit"], steady: false, note);
        switch (code)
        {
            case 1002: await Line.SendBytesAsync(new byte[] { 0x81, 0x01, 0x41 }); break;
            case 1007: await Line.SendAsync(WireOpcode.Text, [0xC3, 0x28]); break;
            case 1009: await Line.SendAsync(WireOpcode.Text, Encoding.UTF8.GetBytes($$"""{"data":"{{new string('x', 70_000)}}"}""")); break;
            default:
                for (var i = 0; i < 10; i++) await Line.SayAsync("""{"type":"nonsense"}""");
                break;
        }
        await EndOfAsync(Line);
        lock (World.Gate) IsOver(World.Now);
    }
}
