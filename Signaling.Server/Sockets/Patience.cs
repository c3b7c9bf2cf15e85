namespace Signaling.Server.Sockets;

/// <summary>How long is waited for what, in ticks of the clock's timestamps.</summary>
/// <param name="Interval">For a word of the client, before it is pinged.</param>
/// <param name="Timeout">For the answer to that.</param>
/// <param name="Close">For the answer to our Close.</param>
internal readonly record struct Patience(long Interval, long Timeout, long Close)
{
    private static readonly TimeSpan CloseTimeout = TimeSpan.FromSeconds(2);

    public static Patience Of(KeepAliveOptions options, TimeProvider time)
    {
        return new Patience(Stamps(options.Interval), Stamps(options.Timeout), Stamps(CloseTimeout));

        long Stamps(TimeSpan span) => (long)(span.TotalSeconds * time.TimestampFrequency);
    }
}
