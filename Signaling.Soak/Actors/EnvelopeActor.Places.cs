using System.Text.Json;
using Signaling.Soak.Lines;
using Signaling.Soak.Truth;

namespace Signaling.Soak.Actors;

// How it gets a place, and gets it back.
internal sealed partial class EnvelopeActor
{
    private static readonly string[] Lapses = ["timeout", "slow"];

    // Whoever this connection will turn out to be: others may be told of it before it reads its welcome.
    private Life Candidate(SoakRoom room)
    {
        lock (World.Gate) return World.NewLife(room, isRaw: false);
    }

    private async Task<(Line Line, JsonElement Welcome)> OpenAsync(Life candidate, string? secret, long? got)
    {
        var line = await UpgradeAsync(candidate, secret, got);
        var first = await line.NextAsync().WaitAsync(TimeSpan.FromSeconds(30)) ?? throw new Violation($"{candidate}: the line ended before the welcome", candidate);
        using var json = first.Opcode == WireOpcode.Text ? JsonDocument.Parse(first.Payload) : null;
        if (json?.RootElement.GetProperty("type").GetString() != "welcome") throw new Violation($"{candidate}: the first frame is no welcome", candidate);
        return (line, json.RootElement.Clone());
    }

    private Task<Line> UpgradeAsync(Life candidate, string? secret, long? got)
    {
        _tunnel = OneIn(5) ? new Tunnel(Relay.EndPoint) : null;
        _isFrail = _tunnel is null && OneIn(6);
        var meta = Uri.EscapeDataString($$"""{"k":{{candidate.Key}}}""");
        var resume = secret is null ? "" : $"&resume={secret}{(got is null ? "" : $"&got={got}")}";
        return Line.OpenAsync(_tunnel?.EndPoint ?? Relay.EndPoint, $"/room/{candidate.Room.Name}?meta={meta}{resume}", envelope: true, _isFrail ? 4096 : null);
    }

    // A new place.
    private void Seat(Life life, Line line, JsonElement welcome)
    {
        if (welcome.GetProperty("resumed").GetBoolean()) throw new Violation($"{life} resumed what is not its own: {welcome}", life);
        World.Figures.Joins++;
        Line = line;
        Life = life;
        Hearing = new Hearing(World, life);
        World.IsCalled(life, Text(welcome, "id"));
        Hearing.Begins();
        Hearing.Roster.Welcome(welcome.GetProperty("peers"), resumed: false);
        World.Joined(life);
        Greeted(welcome);
        _got = 0;
    }

    // The same place, on a new line.
    private void SeatAgain(Line line, JsonElement welcome, bool counted)
    {
        var hasGap = welcome.TryGetProperty("gap", out var gap) && gap.GetBoolean();
        if (Text(welcome, "id") != Life!.Id || hasGap == counted) throw new Violation($"{Life} resumed, but got {welcome}", Life);
        Life.ShowsItself(since: double.PositiveInfinity);
        Line = line;
        Life.Epoch++;
        Life.IsSteady = true;
        Life.MayLeave = [];
        Hearing!.ForgetFences();
        Hearing.Roster.Welcome(welcome.GetProperty("peers"), resumed: true);
        Greeted(welcome);
        if (hasGap)
        {
            World.Figures.ResumedWithGap++;
            _got = 0;
            Hearing.HasGap();
            foreach (var channel in Life.Channels) channel.Forgive();
        }
        else
        {
            World.Figures.Resumed++;
        }
    }

    private void Greeted(JsonElement welcome)
    {
        if (Text(welcome, "room") != Life!.Room.Name) throw new Violation($"{Life} was welcomed elsewhere: {welcome}", Life);
        _secret = Text(welcome, "resume");
        _isVandal = false;
        _framesWhenHeard = Life.Room.Frames;
        Note($"welcome as {Life.Id}, epoch {Life.Epoch}, resumed {welcome.GetProperty("resumed")}, {Hearing!.Roster.Count} in the roster");
    }

    /// <summary>Asks for its place.</summary>
    /// <param name="counted">With the count of the frames that it got.</param>
    /// <param name="mayResume">It was not away for too long.</param>
    /// <param name="mayBeNew">It was away for long, or may have missed more than the relay keeps.</param>
    private async Task ComeBackAsync(bool counted = true, bool mayResume = true, bool mayBeNew = false)
    {
        var candidate = Candidate(Life!.Room);
        var got = _got;
        var (line, welcome) = await OpenAsync(candidate, _secret, counted ? got : null);
        lock (World.Gate)
        {
            // Of a line that went silent the relay keeps the last 256 frames; fewer were said here, and large ones count more.
            mayBeNew |= Life.Room.Frames - _framesWhenHeard > 150;
            if (welcome.GetProperty("resumed").GetBoolean())
            {
                if (!mayResume) throw new Violation($"{Life} resumed a place that should have lapsed", Life);
                candidate.OverAt = World.Now;
                SeatAgain(line, welcome, counted);
            }
            else
            {
                if (!mayBeNew) throw new Violation($"{Life} could not resume, with got={(counted ? got : null)}: {welcome}", Life);
                Note($"could not resume, and is {candidate} now");
                World.Figures.CameFresh++;
                IsOver(World.Now + Relay.Lapse.TotalSeconds);
                Seat(candidate, line, welcome);
            }
        }
        _ = ListenAsync(line);
    }

    // A connection that asks for the place, and is gone before it has read its welcome.
    private async Task LoseWelcomeAsync()
    {
        var candidate = Candidate(Life!.Room);
        lock (World.Gate)
        {
            // If it does not get the place, it is somebody new, of whom nobody hears again.
            candidate.MayLeave = Lapses;
            candidate.OverAt = World.Now + Relay.Lapse.TotalSeconds;
            Note("loses a welcome");
        }
        var line = await UpgradeAsync(candidate, _secret, _got);
        await PauseAsync(0.05);
        line.Cut();
    }
}
