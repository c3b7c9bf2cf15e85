namespace Signaling.Soak.Truth;

/// <summary>What was said on one channel over one connection of the speaker.</summary>
internal sealed class Epoch
{
    private readonly HashSet<int> _refused = [];
    private readonly HashSet<int> _heard = [];
    private (int Count, Life By)? _end;
    private (int Count, Life By) _most = (int.MaxValue, null!);

    /// <summary>Messages begun to be written.</summary>
    public int Written { get; set; }

    /// <summary>The relay has dealt with so many: a ping that was sent after them was answered.</summary>
    public int Confirmed { get; set; }

    /// <summary>All that was written was dealt with: the speaker closed in order.</summary>
    public bool Clean { get; set; }

    public bool IsRefused(int n) => _refused.Contains(n);

    /// <summary>The speaker was told that this one was not delivered; false when somebody has heard it.</summary>
    public bool Refuse(int n) => _refused.Add(n) && !_heard.Contains(n);

    public void Heard(int n) => _heard.Add(n);

    /// <summary>A receiver that was there all the time has heard so many, and there is no more. All such receivers must agree.</summary>
    public void EndedAt(int count, Channel channel, Life receiver)
    {
        _end ??= (count, receiver);
        if (_end.Value.Count != count)
            throw new Violation($"{receiver} heard {channel} up to {count}, {_end.Value.By} up to {_end.Value.Count}", receiver, _end.Value.By, channel.Speaker);
        Check(channel, receiver);
        for (var n = count + 1; n <= (Clean ? Written : Confirmed); n++)
            if (!IsRefused(n)) throw new Violation($"{receiver} heard {channel} up to {count}, and {n} was lost", receiver, channel.Speaker);
    }

    /// <summary>A receiver has heard nothing, and came when so many had been written: later ones must not exist.</summary>
    public void EndedBefore(int count, Channel channel, Life receiver)
    {
        if (count < _most.Count) _most = (count, receiver);
        Check(channel, receiver);
    }

    private void Check(Channel channel, Life receiver)
    {
        if (_end is { } end && end.Count > _most.Count)
            throw new Violation($"{end.By} heard {channel} up to {end.Count}, and {_most.By}, who was there from {_most.Count} on, heard none of it", receiver, end.By, _most.By, channel.Speaker);
    }
}
