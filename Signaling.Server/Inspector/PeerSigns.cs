namespace Signaling.Server.Inspector;

/// <summary>What was noticed about one peer.</summary>
internal sealed class PeerSigns
{
    private readonly HashSet<string> _candidates = [];
    private double? _firstCandidate;
    private int _least;

    /// <summary>It came while the room was watched.</summary>
    public bool SeenFromStart { get; init; }

    /// <summary>It has sent an offer or an answer.</summary>
    public bool Described { get; set; }

    /// <summary>Since when its outbox has not become emptier: milliseconds since 1970.</summary>
    public double StuckSince { get; private set; }

    /// <summary>It has candidates of several types.</summary>
    public bool HasOthers => _candidates.Count > 1;

    /// <summary>A candidate passed; null: of a type that cannot be told.</summary>
    public void Saw(string? type, double at)
    {
        _firstCandidate ??= at;
        // One whose type is hidden may be of any: nothing can be said about this peer any more.
        _candidates.Add(type ?? "unknown");
    }

    /// <summary><c>mdns</c> or <c>relay</c>, when a while after its first candidate that is all it has.</summary>
    public string? OnlyCandidates(double at, TimeSpan after) =>
        _candidates.Count == 1 && at - _firstCandidate >= after.TotalMilliseconds && _candidates.First() is "mdns" or "relay"
            ? _candidates.First()
            : null;

    /// <summary>Whether its outbox is empty, or emptier than it was.</summary>
    public bool Drains(int bytes, double at)
    {
        var drains = bytes == 0 || _least == 0 || bytes < _least;
        if (drains) (_least, StuckSince) = (bytes, at);
        return drains;
    }
}
