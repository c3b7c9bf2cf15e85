namespace Signaling.Soak.Truth;

/// <summary>All that one life hears of others, and the fences by which it is checked.</summary>
internal sealed class Hearing(World world, Life self)
{
    // Comings and goings are told within a second; a busy machine gets ten.
    private const double Patience = 10;

    private readonly Dictionary<Channel, Ear> _ears = [];
    private readonly Dictionary<Life, Position> _from = [];
    private readonly HashSet<int> _ended = [];
    private readonly Queue<Fence> _fences = [];
    private long _fence;
    private double _calmSince;

    /// <summary>Who it was told of, in envelope mode.</summary>
    public Roster Roster { get; } = new(world, self);

    /// <summary>It is in its room now: what others say from here on it must hear.</summary>
    public void Begins()
    {
        WasSlow();
        foreach (var other in self.Room.Lives)
            if (other != self) _from[other] = other.ToAll.Position;
    }

    /// <summary>It was told that it missed something.</summary>
    public void HasGap()
    {
        Begins();
        foreach (var channel in self.Room.Lives.Select(other => other.Known(self.Key)).OfType<Channel>()) EarFor(channel);
        foreach (var (channel, ear) in _ears) ear.Reopen(channel.Position);
    }

    public void Hears(ReadOnlyMemory<byte> text, Life? from, bool isForMe)
    {
        world.Figures.Delivered++;
        var speech = Speech.Read(text, self.Room.Name, self);
        var speaker = world.Life(speech.Key) ?? throw new Violation($"{self} heard {speech} of somebody who has left long ago", self);
        if (from is not null && from != speaker) throw new Violation($"{self} heard from {from} what {speaker} said", self, from, speaker);
        if (_ended.Contains(speaker.Key)) throw new Violation($"{self} heard {speech} after {speaker} had left", self, speaker);
        if (speaker == self) throw new Violation($"{self} heard itself: {speech}", self);
        if (isForMe != (speech.To == self.Key) || (!isForMe && speech.To != 0)) throw new Violation($"{self} heard {speech}, {(isForMe ? "" : "not ")}addressed to it alone", self, speaker);
        var channel = speaker.Known(speech.To) ?? throw new Violation($"{self} heard {speech}, which was never said", self, speaker);
        EarFor(channel).Hear(new Position(speech.Epoch, speech.N));
    }

    public void Left(Life other)
    {
        if (!_ended.Add(other.Key)) return;
        foreach (var channel in new[] { other.ToAll, other.Known(self.Key) }) End(channel);
        _from.Remove(other);
    }

    /// <summary>For a while it may not be told of others in time: it did not read, or the rest of its roster is still to come.</summary>
    public void WasSlow() => _calmSince = world.Now;

    /// <summary>A new connection: the pongs of the old one will not come.</summary>
    public void ForgetFences()
    {
        WasSlow();
        foreach (var fence in _fences) fence.Answered.TrySetResult();
        _fences.Clear();
    }

    public Fence Ping()
    {
        var now = world.Now;
        if (_fences.TryPeek(out var oldest) && now - oldest.SentAt > 30) throw new Violation($"{self} has had no pong for {now - oldest.SentAt:f0} s", self);
        var fence = new Fence
        {
            Number = ++_fence,
            SentAt = now,
            Epoch = self.Epoch,
            Said = [.. self.Channels.Where(one => one.Current.Written > one.Current.Confirmed).Select(one => (one, one.Current.Written))],
            Due = [.. Others().Select(one => (one, new Position(one.Speaker.Epoch, one.Current.Confirmed)))],
            Over = [.. self.Room.Lives.Where(one => one.OverAt < now - Patience)],
            Present = now - _calmSince < Patience ? [] : [.. self.Room.Lives.Where(one => one != self && !one.IsRaw && one.IsSteady && one.JoinedAt < now - Patience)],
        };
        _fences.Enqueue(fence);
        return fence;
    }

    public void Pong(long number)
    {
        if (!_fences.TryDequeue(out var fence) || fence.Number != number) throw new Violation($"{self} got a pong to no ping, or out of order", self);
        foreach (var (channel, written) in fence.Said) channel[fence.Epoch].Confirmed = written;
        foreach (var channel in self.Channels) channel.Settle();
        self.ShowsItself(since: fence.SentAt);
        foreach (var (channel, at) in fence.Due)
            if (at.N > 0 && !_ended.Contains(channel.Speaker.Key)) EarFor(channel).Expect(at);
        foreach (var life in fence.Over)
        {
            if (!self.IsRaw && Roster.Shows(life)) throw new Violation($"{self} was not told that {life} left, which is over since {life.OverAt:f3}", self, life);
            Left(life);
        }
        if (!self.IsRaw)
            foreach (var life in fence.Present)
                if (!Roster.HasBeenToldOf(life)) throw new Violation($"{self} was not told of {life}, which is there since {life.JoinedAt:f3}", self, life);
        fence.Answered.TrySetResult();
    }

    private IEnumerable<Channel> Others()
    {
        foreach (var other in self.Room.Lives)
        {
            if (other == self || double.IsFinite(other.OverAt)) continue;
            yield return other.ToAll;
            if (other.Known(self.Key) is { } mine) yield return mine;
        }
    }

    private Ear EarFor(Channel channel)
    {
        if (_ears.TryGetValue(channel, out var ear)) return ear;
        var isForAll = channel == channel.Speaker.ToAll;
        var from = isForAll && _from.TryGetValue(channel.Speaker, out var at) ? at : Position.Start;
        return _ears[channel] = new Ear(channel, self, from);
    }

    private void End(Channel? channel)
    {
        if (channel is null) return;
        EarFor(channel).End();
        _ears.Remove(channel);
    }
}
