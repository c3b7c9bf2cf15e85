using System.Text.Json;

namespace Signaling.Soak.Truth;

/// <summary>
/// Who a member of envelope mode was told of: of each other one once, of his leaving once, and nobody speaks before or
/// after. The roster of a resume's welcome is of now, its rest follows where it is long, and joins that are sent again
/// may repeat what it says, or it them.
/// </summary>
internal sealed class Roster(World world, Life self)
{
    // How long after a resume something may still come that was said before it; in seconds.
    private const double Repeats = 10;

    private readonly Dictionary<string, Life> _shown = [];
    private readonly Dictionary<string, Life> _before = []; // known before a resume, and not shown since
    private readonly HashSet<string> _left = [];
    private double _resumedAt = double.NegativeInfinity;

    public int Count => _shown.Count;

    public IReadOnlyCollection<Life> Others => _shown.Values;

    public bool Shows(Life life) => life.Id is { } id && _shown.ContainsKey(id);

    public bool HasBeenToldOf(Life life) => life.Id is { } id && (_shown.ContainsKey(id) || _left.Contains(id));

    private bool IsResuming => world.Now < _resumedAt + Repeats;

    public void Welcome(JsonElement peers, bool resumed)
    {
        if (resumed)
        {
            foreach (var (id, life) in _shown) _before[id] = life;
            _shown.Clear();
            _resumedAt = world.Now;
        }
        foreach (var peer in peers.EnumerateArray())
        {
            var (id, life) = Read(peer);
            if (!_shown.TryAdd(id, life)) throw new Violation($"{self} has {life} twice in its roster", self, life);
        }
    }

    public void Joined(JsonElement peer)
    {
        var (id, life) = Read(peer);
        if (_left.Contains(id)) throw new Violation($"{self} was told of {life} after its leave", self, life);
        _before.Remove(id);
        if (!_shown.TryAdd(id, life) && !(IsResuming && life.BornAt < _resumedAt)) throw new Violation($"{self} was told of {life} twice", self, life);
    }

    /// <summary>Who has left; null when it joined and left while this one was away, and only that was not missed.</summary>
    public Life? Left(string id, string reason)
    {
        var isKnown = _shown.Remove(id, out var life) | _before.Remove(id, out var earlier);
        life ??= earlier ?? world.LifeOf(id);
        if (!isKnown && !IsResuming) throw new Violation($"{self} was told that {id} left, of which it did not know", self, life);
        if (!_left.Add(id)) throw new Violation($"{self} was told twice that {life} left", self, life);
        if (life is null) return null;
        if (!life.MayLeave.Contains(reason)) throw new Violation($"{self} was told that {life} left ({reason}), but it may only leave as: {string.Join(", ", life.MayLeave)}", self, life);
        life.SaidGone(world.Now);
        return life;
    }

    /// <summary>Somebody who speaks; he must have been announced.</summary>
    public Life Speaker(string id)
    {
        if (_shown.TryGetValue(id, out var life) || _before.TryGetValue(id, out life)) return life;
        throw new Violation($"{self} heard {id}, who {(_left.Contains(id) ? "has left" : "was not announced")}", self, world.LifeOf(id));
    }

    private (string Id, Life Life) Read(JsonElement peer)
    {
        var id = peer.GetProperty("id").GetString()!;
        var key = peer.GetProperty("meta").GetProperty("k").GetInt32();
        var life = world.Life(key) ?? throw new Violation($"{self} was told of #{key}, who has left long ago", self);
        world.IsCalled(life, id);
        if (life == self) throw new Violation($"{self} was told of itself", self);
        if (life.Room != self.Room) throw new Violation($"{self} was told of {life}, who is in another room", self, life);
        return (id, life);
    }
}
