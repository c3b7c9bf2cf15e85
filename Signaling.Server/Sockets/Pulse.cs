namespace Signaling.Server.Sockets;

/// <summary>Whether a client still lives, as far as one hears. Heard by one thread, felt by another.</summary>
internal struct Pulse(long now)
{
    private long _heard = now;
    private long _askedAfter = -1;

    /// <summary>It has said something.</summary>
    public void Hear(long now) => Volatile.Write(ref _heard, now);

    /// <summary>What there is to do, and when to feel again.</summary>
    public (Sign Sign, long Next) Feel(long now, Patience patience)
    {
        var heard = Volatile.Read(ref _heard);
        var (silent, dead) = (heard + patience.Interval, heard + patience.Interval + patience.Timeout);
        if (now >= dead) return (Sign.None, now);
        if (now < silent) return (Sign.Life, silent);
        var asked = _askedAfter == heard;
        _askedAfter = heard;
        return (asked ? Sign.Life : Sign.Silence, dead);
    }

    public enum Sign
    {
        /// <summary>All is well, or will soon be known not to be.</summary>
        Life,

        /// <summary>It is to be pinged.</summary>
        Silence,

        /// <summary>It has not answered that.</summary>
        None,
    }
}
