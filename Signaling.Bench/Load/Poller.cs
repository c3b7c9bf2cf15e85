using System.Diagnostics;

namespace Signaling.Bench.Load;

/// <summary>One thread that looks after all lines.</summary>
internal sealed unsafe class Poller : IDisposable
{
    private const int Batch = 512, TimerData = -1;

    private readonly int _epoll = Libc.EpollCreate();
    private readonly List<Line?> _lines = [];
    private readonly CancellationToken _stop;
    private int _timer = -1;

    /// <param name="stop">Ends any turn with an exception.</param>
    public Poller(CancellationToken stop) => _stop = stop;

    /// <summary>Where all lines receive, one after the other.</summary>
    public byte[] Buffer { get; } = GC.AllocateUninitializedArray<byte>(512 * 1024, pinned: true);

    /// <summary>Called when the intervals of <see cref="Every"/> have passed, with their number.</summary>
    public Action<long>? Ticked { get; set; }

    public int Register(Line line)
    {
        _lines.Add(line);
        return _lines.Count - 1;
    }

    public void Watch(Line line, int bits, bool again) => Libc.Watch(_epoll, line.Descriptor, bits, line.Index, again);

    /// <summary>Begins to tick.</summary>
    public void Every(TimeSpan interval, Action<long> ticked)
    {
        Ticked = ticked;
        _timer = Libc.Timer(interval);
        Libc.Watch(_epoll, _timer, Libc.Readable, TimerData);
    }

    public void StopTicking()
    {
        if (_timer >= 0) Libc.Close(_timer);
        (_timer, Ticked) = (-1, null);
    }

    /// <summary>Turns for so long.</summary>
    public void Run(TimeSpan time) => RunUntil(() => false, time);

    /// <summary>Turns until something is so; false: it was not in time.</summary>
    public bool RunUntil(Func<bool> isSo, TimeSpan atMost)
    {
        var begun = Stopwatch.GetTimestamp();
        while (!isSo())
        {
            var left = atMost - Stopwatch.GetElapsedTime(begun);
            if (left <= TimeSpan.Zero) return false;
            Turn((int)Math.Clamp(Math.Ceiling(left.TotalMilliseconds), 1, 100));
        }
        return true;
    }

    public void Dispose()
    {
        StopTicking();
        foreach (var line in _lines) line?.Dispose();
        Libc.Close(_epoll);
    }

    private void Turn(int milliseconds)
    {
        _stop.ThrowIfCancellationRequested();
        var events = stackalloc byte[16 * Batch];
        var count = Libc.EpollWait(_epoll, events, Batch, milliseconds);
        for (var i = 0; i < count; i++)
        {
            var one = events + i * Libc.EventSize;
            if (Libc.EventData(one) == TimerData) Tick();
            else _lines[Libc.EventData(one)]!.Ready(Libc.EventBits(one));
        }
    }

    private void Tick()
    {
        if (_timer >= 0 && Libc.Ticks(_timer) is > 0 and var ticks) Ticked?.Invoke(ticks);
    }
}
