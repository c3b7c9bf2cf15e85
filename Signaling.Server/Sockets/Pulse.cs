namespace Signaling.Server.Sockets;

/// <summary>Whether a client still lives, as far as one hears. Heard by one thread, felt by another.</summary>
internal struct Pulse(long now)
{
    private long _heard = now;
    private long _askedAfter = -1;
    private long _askedAt;

    /// <summary>It has said something.</summary>
    public void Hear(long now) => Volatile.Write(ref _heard, now);

    /// <summary>What there is to do, and when to feel again.</summary>
    public (Sign Sign, long Next) Feel(long now, Patience patience)
    {
        var heard = Volatile.Read(ref _heard);
        if (now < heard + patience.Interval) return (Sign.Life, heard + patience.Interval);
        // However long it was silent, it is asked first: perhaps it was this server that slept.
        if (_askedAfter != heard)
        {
            (_askedAfter, _askedAt) = (heard, now);
            return (Sign.Silence, now + patience.Timeout);
        }
        var dead = _askedAt + patience.Timeout;
        return (now < dead ? Sign.Life : Sign.None, dead);
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
