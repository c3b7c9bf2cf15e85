namespace Signaling.Soak.Truth;

/// <summary>How far one receiver has heard one channel. Each message comes once and in order, and none is left out.</summary>
/// <param name="channel">What it listens to.</param>
/// <param name="receiver">Who listens.</param>
/// <param name="from">Where the speaker was when the receiver came: all later ones must be heard.</param>
internal sealed class Ear(Channel channel, Life receiver, Position from)
{
    private Position _last = new(0, 0);
    private Position _from = from;
    private bool _isOpen = true; // earlier ones than _from may be heard, or not

    public Channel Channel => channel;

    /// <summary>The receiver was told of a gap: it may go on anywhere that is not before, but not later than where the speaker is now.</summary>
    public void Reopen(Position from) => (_from, _isOpen) = (from, true);

    public void Hear(Position at)
    {
        if (!_last.IsBefore(at)) throw new Violation($"{receiver} heard {channel} {at} after {_last}: doubled, or out of order", receiver, channel.Speaker);
        if (at.N > channel[at.Epoch].Written || at.Epoch > channel.Speaker.Epoch) throw new Violation($"{receiver} heard {channel} {at}, which was not said yet", receiver, channel.Speaker);
        if (channel[at.Epoch].IsRefused(at.N)) throw new Violation($"{receiver} heard {channel} {at}, of which the speaker was told that it was not delivered", receiver, channel.Speaker);
        channel[at.Epoch].Heard(at.N);
        Close(at.Epoch);
        channel.Missed(at.Epoch, Next(at.Epoch), at.N - 1, receiver);
        _last = at;
        _isOpen = false;
    }

    /// <summary>All up to here have been posted to the receiver before something that it has received.</summary>
    public void Expect(Position at) => channel.MustBeRefused(at.Epoch, Next(at.Epoch), at.N, receiver);

    /// <summary>The speaker has left, and nothing more can come.</summary>
    public void End()
    {
        Close(channel.Speaker.Epoch + 1);
    }

    // The first message of an epoch that must be heard next; past all where none must.
    private int Next(int epoch)
    {
        if (_isOpen) return epoch > _from.Epoch ? 1 : epoch == _from.Epoch ? _from.N + 1 : int.MaxValue;
        return epoch > _last.Epoch ? 1 : epoch == _last.Epoch ? _last.N + 1 : int.MaxValue;
    }

    // Those before this one are over: says how far they were heard.
    private void Close(int epoch)
    {
        var first = _isOpen ? _from.Epoch : _last.Epoch;
        for (var over = first; over < epoch; over++)
        {
            if (over > first) channel[over].EndedAt(0, channel, receiver);
            else if (_isOpen) channel[over].EndedBefore(_from.N, channel, receiver);
            else channel[over].EndedAt(_last.N, channel, receiver);
        }
    }
}
