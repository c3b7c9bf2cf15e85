namespace Signaling.Soak.Truth;

/// <summary>The last things that happened to one life.</summary>
internal sealed class History(World world)
{
    private const int Kept = 60;

    private readonly Queue<string> _lines = new(Kept);

    public void Add(string what)
    {
        if (_lines.Count == Kept) _lines.Dequeue();
        _lines.Enqueue(FormattableString.Invariant($"{world.Now,9:f3}  {what}"));
    }

    public override string ToString() => string.Join(Environment.NewLine, _lines);
}
