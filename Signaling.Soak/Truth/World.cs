using System.Diagnostics;

namespace Signaling.Soak.Truth;

/// <summary>Everything that the soak knows for certain. All of it, the lives included, is read and changed under <see cref="Gate"/>.</summary>
internal sealed class World(SoakOptions options)
{
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private readonly Dictionary<int, Life> _lives = [];
    private readonly Dictionary<string, Life> _byId = [];
    private readonly HashSet<string> _ids = [];
    private readonly TaskCompletionSource<Exception> _failed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _key;

    public Lock Gate { get; } = new();

    public SoakOptions Options { get; } = options;

    public Figures Figures { get; } = new();

    public List<SoakRoom> Rooms { get; } = [];

    /// <summary>Seconds since the start.</summary>
    public double Now => _clock.Elapsed.TotalSeconds;

    /// <summary>The run is ending: nobody begins anything any more.</summary>
    public bool IsEnding { get; set; }

    /// <summary>Completes when something is wrong.</summary>
    public Task<Exception> Failed => _failed.Task;

    public Life? Life(int key) => _lives.GetValueOrDefault(key);

    public Life? LifeOf(string id) => _byId.GetValueOrDefault(id);

    public Life NewLife(SoakRoom room, bool isRaw)
    {
        var life = new Life(this, ++_key, room, isRaw);
        _lives[life.Key] = life;
        return life;
    }

    /// <summary>It is in its room from now on.</summary>
    public void Joined(Life life)
    {
        life.JoinedAt = Now;
        life.IsSteady = true;
        life.Room.Lives.Add(life);
        life.Room.Frames++;
    }

    /// <summary>The relay gave it this id: nobody else ever had it, and it has no other.</summary>
    public void IsCalled(Life life, string id)
    {
        if (life.Id == id) return;
        if (life.Id is not null) throw new Violation($"{life} is called {life.Id} and {id}", life);
        if (!_ids.Add(id)) throw new Violation($"the id {id} was given twice", life, LifeOf(id));
        life.Id = id;
        _byId[id] = life;
    }

    /// <summary>Forgets who left so long ago that nobody can hear of it any more.</summary>
    public void Sweep()
    {
        foreach (var life in _lives.Values.Where(one => one.OverAt < Now - 90).ToArray())
        {
            _lives.Remove(life.Key);
            life.Room.Lives.Remove(life);
            if (life.Id is { } id) _byId.Remove(id);
        }
    }

    public void Fail(Exception error) => _failed.TrySetResult(error);
}
