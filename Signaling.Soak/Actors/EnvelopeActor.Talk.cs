using Signaling.Soak.Truth;

namespace Signaling.Soak.Actors;

// What it says.
internal sealed partial class EnvelopeActor
{
    private (Life To, TaskCompletionSource Done)? _errand;

    protected override Task SaySomethingAsync()
    {
        if (_errand is not null) return RunErrandAsync();
        return Dice.Next(100) switch
        {
            < 70 => SayAsync(null, Dice.Next(300)),
            < 75 => SayAsync(null, Dice.Next(8000)),
            < 92 => SayAsync(Somebody(), Dice.Next(300)),
            < 96 => Line.SayAsync("""{"type":"ice"}"""),
            _ => Line.SayAsync($$$"""{"type":"meta","meta":{"k":{{{Life!.Key}}},"v":{{{Dice.Next(1000)}}}}}"""),
        };
    }

    private async Task SayAsync(Life? to, int size)
    {
        string message;
        lock (World.Gate)
        {
            var speech = Next(to is null ? Life!.ToAll : Life!.To(to), size);
            // A large one takes as much of what the relay keeps as several.
            Life.Room.Frames += size / 1000;
            Note($"says {speech.Reference}");
            var address = to is null ? "" : $"\"to\":\"{to.Id}\",";
            message = $$"""{ {{address}}"ref":"{{speech.Reference}}","from":"forged", "data": {{speech.Text(Life.Room.Name)}} }""";
        }
        await Line.SayAsync(message);
    }

    private Life? Somebody()
    {
        lock (World.Gate) return Hearing!.Roster.Count == 0 ? null : Hearing.Roster.Others.ElementAt(Dice.Next(Hearing.Roster.Count));
    }

    // Says so much to one that does not read that the relay must have enough of it.
    private async Task RunErrandAsync()
    {
        var (to, done) = _errand!.Value;
        for (var i = 0; i < 150 && !Line.Ended.IsCompleted && double.IsPositiveInfinity(to.SaidGoneAt); i++) await SayAsync(to, 60_000);
        done.TrySetResult();
        _errand = null;
    }
}
