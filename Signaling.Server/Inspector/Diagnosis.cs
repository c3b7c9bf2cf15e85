namespace Signaling.Server.Inspector;

/// <summary>
/// Understands the exchange of a room: who offered to whom, how long it took, and what looks wrong. Knows neither sockets
/// nor clocks: it is told what happened and when. Not thread-safe: its watch calls it.
/// </summary>
internal sealed class Diagnosis(Action<PairTimes> onPair, Action<Hint> onHint)
{
    /// <summary>How long an offer may go without an answer, and an outbox without being read.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private const int MaxPairs = 500;
    private const int MaxOpen = 1000;
    private const int MaxHints = 200;

    private readonly Dictionary<(string From, string? To), double> _open = [];
    private readonly List<PairTimes> _pairs = [];
    private readonly Dictionary<string, PeerSigns> _peers = [];
    private readonly Dictionary<(string Code, string About), Hint> _hints = [];

    /// <summary>The pairs that have exchanged something, the newest last.</summary>
    public IReadOnlyList<PairTimes> Pairs => _pairs;

    /// <summary>What is wrong now.</summary>
    public IEnumerable<Hint> Hints => _hints.Values;

    /// <summary>A peer has come: from here on nothing of it is missed.</summary>
    public void Joined(string peer) => _peers[peer] = new PeerSigns { SeenFromStart = true };

    /// <summary>A peer has left.</summary>
    public void Left(string peer, double at)
    {
        _peers.Remove(peer);
        foreach (var key in _open.Keys.Where(key => key.From == peer || key.To == peer).ToList()) _open.Remove(key);
        foreach (var (key, hint) in _hints.Where(one => one.Value.Peers.Contains(peer)).ToList()) End(key, hint, at);
    }

    /// <summary>A message passed.</summary>
    /// <param name="from">Who said it.</param>
    /// <param name="to">To whom; null: several.</param>
    /// <param name="guess">What it seems to be.</param>
    /// <param name="at">Milliseconds since 1970.</param>
    public void Passed(string from, string? to, MessageGuess guess, double at)
    {
        var signs = Of(from);
        switch (guess.Kind)
        {
            case "offer":
                signs.Described = true;
                Offered(from, to, at);
                break;
            case "answer":
                signs.Described = true;
                Answered(from, to, at);
                break;
            case "candidate":
                Candidate(from, to, signs, guess.Candidate, at);
                break;
        }
    }

    /// <summary>So much waits for a peer.</summary>
    public void Waits(string peer, int bytes, double at)
    {
        var signs = Of(peer);
        var key = ("not-read", peer);
        if (signs.Drains(bytes, at))
        {
            if (_hints.TryGetValue(key, out var hint)) End(key, hint, at);
        }
        else if (at - signs.StuckSince >= Patience.TotalMilliseconds)
            Begin(key, [peer], at, $"{bytes} bytes have waited for it for 5 seconds. Its network or its page hangs; it is closed with 4408 when its outbox is full.");
    }

    /// <summary>Time has passed.</summary>
    public void Tick(double at)
    {
        foreach (var ((from, to), since) in _open)
            if (at - since >= Patience.TotalMilliseconds)
                Begin(("offer-unanswered", $"{from} {to}"), to is null ? [from] : [from, to], at,
                    "No answer for 5 seconds. Did the other side get the offer, fail in setRemoteDescription, or wait for the user?");
        foreach (var (peer, signs) in _peers)
            if (signs.OnlyCandidates(at, Patience) is { } kind)
                Begin(($"only-{kind}", peer), [peer], at, kind == "mdns"
                    ? "It can be reached from its own network only. Is a STUN or TURN server given, and reachable?"
                    : "All goes through TURN. Is that meant (iceTransportPolicy), or is UDP blocked?");
    }

    private PeerSigns Of(string peer)
    {
        if (!_peers.TryGetValue(peer, out var signs)) _peers[peer] = signs = new PeerSigns();
        return signs;
    }

    private void Offered(string from, string? to, double at)
    {
        // Both have offered, and neither has answered.
        foreach (var (other, _) in OpenBetween(from, to))
            Begin(("glare", Both(from, other)), [other, from], at,
                "Both have offered at once. Without perfect negotiation (a polite and an impolite side) one of them fails in setRemoteDescription.");
        if (_open.Count < MaxOpen) _open[(from, to)] = at;
        if (to is not null) Pair(from, to, _ => new PairTimes(from, to, at));
    }

    // Offers of others that somebody was to hear who now speaks to them.
    private List<(string From, string? To)> OpenBetween(string from, string? to) =>
        [.. _open.Keys.Where(key => key.From != from && (to is null || key.From == to) && (key.To is null || key.To == from))];

    private void Answered(string from, string? to, double at)
    {
        foreach (var key in OpenBetween(from, to))
        {
            var offeredAt = _open[key];
            _open.Remove(key);
            Pair(key.From, from, pair => (pair is { } known && known.Offerer == key.From ? known : new PairTimes(key.From, from, offeredAt)) with { AnswerAt = at });
            End("offer-unanswered", $"{key.From} {key.To}", at);
            End("glare", Both(from, key.From), at);
        }
    }

    private void Candidate(string from, string? to, PeerSigns signs, string? type, double at)
    {
        if (type == "end") return;
        if (signs.SeenFromStart && !signs.Described)
            Begin(("candidate-early", from), [from], at,
                "They came before any offer or answer of the same peer: the other side cannot use them until its remote description is set, and must keep them.");
        signs.Saw(type, at);
        if (signs.HasOthers) foreach (var kind in new[] { "mdns", "relay" }) End($"only-{kind}", from, at);
        if (to is not null) Pair(from, to, pair => pair is null ? null : pair with { LastCandidateAt = at, Candidates = pair.Candidates + 1 });
    }

    private void Pair(string one, string other, Func<PairTimes?, PairTimes?> change)
    {
        var index = _pairs.FindLastIndex(pair => (pair.Offerer == one && pair.Answerer == other) || (pair.Offerer == other && pair.Answerer == one));
        if (change(index < 0 ? null : _pairs[index]) is not { } pair) return;
        if (index >= 0) _pairs.RemoveAt(index);
        else if (_pairs.Count == MaxPairs) _pairs.RemoveAt(0);
        _pairs.Add(pair);
        onPair(pair);
    }

    private static string Both(string one, string other) => string.CompareOrdinal(one, other) < 0 ? $"{one} {other}" : $"{other} {one}";

    private void Begin((string Code, string About) key, IReadOnlyList<string> peers, double at, string text)
    {
        if (_hints.Count == MaxHints || _hints.ContainsKey(key)) return;
        var hint = new Hint(key.Code, peers, at, text);
        _hints[key] = hint;
        onHint(hint);
    }

    private void End(string code, string about, double at)
    {
        if (_hints.TryGetValue((code, about), out var hint)) End((code, about), hint, at);
    }

    private void End((string Code, string About) key, Hint hint, double at)
    {
        _hints.Remove(key);
        onHint(hint with { At = at, Over = true });
    }
}
