using System.Threading.Channels;

namespace Signaling.AppHost.Embedded;

/// <summary>Tells every listener. One that does not keep up loses the oldest; nobody waits for it.</summary>
internal sealed class Broadcast<T>
{
    private readonly Lock _lock = new();
    private readonly List<Channel<T>> _listeners = [];

    public void Send(T item)
    {
        lock (_lock)
        {
            foreach (var listener in _listeners) listener.Writer.TryWrite(item);
        }
    }

    /// <summary>Hears what is sent from now on, until <paramref name="stop"/>.</summary>
    public ChannelReader<T> Listen(int capacity, CancellationToken stop)
    {
        var channel = Channel.CreateBounded<T>(new BoundedChannelOptions(capacity) { FullMode = BoundedChannelFullMode.DropOldest });
        lock (_lock) _listeners.Add(channel);
        stop.Register(() =>
        {
            lock (_lock) _listeners.Remove(channel);
            channel.Writer.TryComplete();
        });
        return channel.Reader;
    }
}
