namespace Signaling.AppHost.Embedded.Telemetry;

/// <summary>The newest of many, numbered from 1: the oldest go when there are too many, or too large.</summary>
internal sealed class Newest<T>(int most, long mostBytes)
{
    private readonly Queue<(T Item, int Bytes)> _items = new();
    private long _bytes;

    /// <summary>The number of the newest; 0 when there was none yet.</summary>
    public long Last { get; private set; }

    public int Count => _items.Count;

    public bool IsTooMuch => _items.Count > most || _bytes > mostBytes;

    public void Add(T item, int bytes)
    {
        _items.Enqueue((item, bytes));
        (Last, _bytes) = (Last + 1, _bytes + bytes);
    }

    public T Drop()
    {
        var (item, bytes) = _items.Dequeue();
        _bytes -= bytes;
        return item;
    }

    /// <summary>Those that are kept of all after that number.</summary>
    public IEnumerable<T> After(long number) => _items.Skip((int)Math.Max(0, _items.Count - Math.Max(0, Last - number))).Select(one => one.Item);
}
