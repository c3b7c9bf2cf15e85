using System.Collections.Concurrent;
using Signaling.Server.Sockets.Wire.Epoll;

namespace Signaling.Server.Sockets.Wire;

/// <summary>
/// Wires that have something to write. What was said on a loop is written at the end of the loop's turn. For what was said
/// on any other thread one work item writes for all who came since the last: a hop of the thread pool for a broadcast, and
/// not for each of its receivers. (Writing at once, without any, costs three times as much in a busy room of ten: then
/// nothing gathers.)
/// </summary>
internal sealed class Writers : IThreadPoolWorkItem
{
    private static readonly Writers[] OfEachCore = [.. Enumerable.Range(0, Environment.ProcessorCount).Select(_ => new Writers())];

    private readonly ConcurrentQueue<StreamWire> _waiting = new();
    private int _queued;

    /// <summary>Has a wire write soon, and never before the caller has returned.</summary>
    public static void Enqueue(StreamWire wire)
    {
        if (Loop.Current is { } loop) loop.Sends(wire);
        else OfEachCore[Thread.GetCurrentProcessorId() % OfEachCore.Length].Add(wire);
    }

    /// <inheritdoc/>
    public void Execute()
    {
        // Before it looks: who comes from here on queues it again.
        Interlocked.Exchange(ref _queued, 0);
        for (var left = _waiting.Count; left > 0 && _waiting.TryDequeue(out var wire); left--) wire.SendNow();
    }

    private void Add(StreamWire wire)
    {
        _waiting.Enqueue(wire);
        if (Interlocked.Exchange(ref _queued, 1) == 0) ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
    }
}
