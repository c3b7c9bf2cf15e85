namespace Signaling.Soak.Truth;

/// <summary>One stay of one peer in one room: a place in envelope mode, a connection in raw mode. What it said, and what became of it.</summary>
internal sealed class Life
{
    private readonly Dictionary<int, Channel> _toOne = [];

    public Life(World world, int key, SoakRoom room, bool isRaw)
    {
        Key = key;
        Room = room;
        IsRaw = isRaw;
        BornAt = world.Now;
        History = new History(world);
        ToAll = new Channel(this, null);
    }

    public int Key { get; }

    public SoakRoom Room { get; }

    public bool IsRaw { get; }

    public History History { get; }

    public Channel ToAll { get; }

    public IEnumerable<Channel> Channels => _toOne.Values.Prepend(ToAll);

    /// <summary>As the relay calls it; in raw mode as it calls it to others.</summary>
    public string? Id { get; set; }

    /// <summary>Its connection of the moment, from 1.</summary>
    public int Epoch { get; set; } = 1;

    /// <summary>When it set out to connect.</summary>
    public double BornAt { get; }

    public double JoinedAt { get; set; } = double.PositiveInfinity;

    /// <summary>From here on it has certainly left.</summary>
    public double OverAt { get; set; } = double.PositiveInfinity;

    /// <summary>It is connected and behaves.</summary>
    public bool IsSteady { get; set; }

    /// <summary>The reasons with which its leave may be told now.</summary>
    public string[] MayLeave { get; set; } = [];

    /// <summary>When somebody was told that it is not there: it must not show itself after that.</summary>
    public double SaidGoneAt { get; set; } = double.PositiveInfinity;

    public Channel To(Life other)
    {
        if (!_toOne.TryGetValue(other.Key, out var channel)) _toOne[other.Key] = channel = new Channel(this, other);
        return channel;
    }

    public Channel? Known(int to) => to == 0 ? ToAll : _toOne.GetValueOrDefault(to);

    /// <summary>It is there: whoever was told the contrary was told wrong.</summary>
    public void ShowsItself(double since)
    {
        if (SaidGoneAt < since) throw new Violation($"{this} is there, but at {SaidGoneAt:f3} somebody was told that it is not", this);
    }

    public void SaidGone(double now) => SaidGoneAt = Math.Min(SaidGoneAt, now);

    public override string ToString() => $"{(IsRaw ? "raw " : "")}#{Key}";
}
