namespace Signaling.Server.Sockets.Wire.Epoll;

/// <summary>Who takes a descriptor over when Kestrel is done with its connection.</summary>
internal interface IHeir
{
    /// <summary>Where it lives from then on.</summary>
    Loop Loop { get; }

    /// <summary>The descriptor is the heir's, who closes it. On the thread of its loop, which does not watch it yet.</summary>
    /// <param name="fd">The descriptor.</param>
    /// <param name="early">What the client had said before.</param>
    void Taken(int fd, Memory<byte> early);

    /// <summary>The connection has ended before. On any thread, once, instead of <see cref="Taken"/>.</summary>
    void Lost();
}
