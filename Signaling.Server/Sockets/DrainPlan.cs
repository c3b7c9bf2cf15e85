namespace Signaling.Server.Sockets;

/// <summary>Who is closed when: in random order, each at a random moment of a slice of its own, so evenly over the period.</summary>
internal sealed class DrainPlan
{
    private readonly (Session Session, TimeSpan After)[] _plan;
    private int _next;

    public DrainPlan(Session[] sessions, TimeSpan period, Random random)
    {
        random.Shuffle(sessions);
        var slice = period / Math.Max(1, sessions.Length);
        _plan = [.. sessions.Select((session, i) => (session, slice * (i + random.NextDouble())))];
    }

    /// <summary>Every session, and when it will be closed.</summary>
    public IReadOnlyList<(Session Session, TimeSpan After)> All => _plan;

    /// <summary>The sessions whose time has come, each once.</summary>
    public IEnumerable<Session> Due(TimeSpan elapsed)
    {
        while (_next < _plan.Length && _plan[_next].After <= elapsed) yield return _plan[_next++].Session;
    }
}
