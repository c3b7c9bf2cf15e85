namespace Signaling.Server.Sockets;

/// <summary>How fast one client may talk: a bucket of tokens that refills steadily. Not thread-safe: one reader, one rate.</summary>
/// <param name="perSecond">Tokens that come back each second; 0: no limit.</param>
/// <param name="burst">Tokens that the bucket holds.</param>
/// <param name="time">The clock.</param>
public sealed class MessageRate(int perSecond, int burst, TimeProvider time)
{
    private const int ReceiversPerToken = 10;

    private double _tokens = burst;
    private long _since = time.GetTimestamp();

    /// <summary>Takes what a message costs: 1, and 1 more for every full 10 receivers. False, and nothing is taken, when there is too little left.</summary>
    public bool Take(int receivers)
    {
        if (perSecond == 0) return true;
        var now = time.GetTimestamp();
        _tokens = Math.Min(burst, _tokens + time.GetElapsedTime(_since, now).TotalSeconds * perSecond);
        _since = now;

        // Nothing can cost more than a full bucket holds, or it could never be said.
        var cost = Math.Min(burst, 1 + receivers / ReceiversPerToken);
        if (_tokens < cost) return false;
        _tokens -= cost;
        return true;
    }
}
