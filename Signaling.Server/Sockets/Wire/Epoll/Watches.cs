namespace Signaling.Server.Sockets.Wire.Epoll;

/// <summary>
/// Who is called for which descriptor. The kernel uses a number again as soon as it is closed, so each registration has a
/// generation, and an event of an older one finds nobody. For one thread.
/// </summary>
internal sealed class Watches
{
    private (IWatched? Watched, uint Generation)[] _byDescriptor = new (IWatched?, uint)[64];
    private uint _generation;

    /// <summary>All who are watched now.</summary>
    public IWatched[] All => [.. _byDescriptor.Select(one => one.Watched).OfType<IWatched>()];

    /// <summary>What the kernel is to say with each event.</summary>
    public ulong Add(int fd, IWatched watched)
    {
        if (fd >= _byDescriptor.Length) Array.Resize(ref _byDescriptor, Math.Max(fd + 1, _byDescriptor.Length * 2));
        _byDescriptor[fd] = (watched, ++_generation);
        return (ulong)_generation << 32 | (uint)fd;
    }

    public IWatched? Find(ulong data)
    {
        var fd = (int)(uint)data;
        if (fd >= _byDescriptor.Length) return null;
        ref var one = ref _byDescriptor[fd];
        return one.Generation == (uint)(data >> 32) ? one.Watched : null;
    }

    public void Remove(ulong data)
    {
        if (Find(data) is not null) _byDescriptor[(int)(uint)data] = default;
    }
}
