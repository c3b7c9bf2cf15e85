namespace Signaling.Soak.Truth;

/// <summary>What one life says to all, or to one other: numbered from 1 on each connection.</summary>
internal sealed class Channel(Life speaker, Life? to)
{
    private readonly List<Epoch> _epochs = [];
    private readonly List<(int Epoch, int From, int To, Life By)> _gaps = [];

    public Life Speaker { get; } = speaker;

    /// <summary>The one on the speaker's connection of the moment.</summary>
    public Epoch Current => this[Speaker.Epoch];

    /// <summary>Where the speaker is now.</summary>
    public Position Position => new(Speaker.Epoch, Current.Written);

    public Epoch this[int epoch]
    {
        get
        {
            while (_epochs.Count < epoch) _epochs.Add(new Epoch());
            return _epochs[epoch - 1];
        }
    }

    public Speech Next(int size) => new(Speaker.Key, to?.Key ?? 0, Speaker.Epoch, ++Current.Written, size);

    /// <summary>A receiver has heard a later one, but not these: they must have been refused, which the speaker may not know yet.</summary>
    public void Missed(int epoch, int first, int last, Life by)
    {
        if (first <= last) _gaps.Add((epoch, first, last, by));
        if (_gaps.Count > 10_000) throw new Violation($"{this} has more gaps than refusals can explain", by, Speaker);
    }

    /// <summary>A receiver should have heard these by now, refused ones excepted.</summary>
    public void MustBeRefused(int epoch, int first, int last, Life by)
    {
        for (var n = first; n <= last; n++)
            if (!this[epoch].IsRefused(n)) throw new Violation($"{by} did not hear {this} {epoch}.{n} of {last}", by, Speaker);
    }

    /// <summary>A pong has come: for what was said before its ping every refusal has reached the speaker, so the gaps must be explained.</summary>
    public void Settle()
    {
        for (var i = _gaps.Count - 1; i >= 0; i--)
        {
            var (epoch, first, last, by) = _gaps[i];
            if (epoch == Speaker.Epoch && last > Current.Confirmed) continue;
            MustBeRefused(epoch, first, last, by);
            _gaps.RemoveAt(i);
        }
    }

    /// <summary>The speaker will never know what was refused.</summary>
    public void Forgive() => _gaps.Clear();

    public override string ToString() => to is null ? $"{Speaker} to all" : $"{Speaker} to {to}";
}
