namespace Signaling.Server.Sockets.Wire.Epoll;

/// <summary>What a loop calls when a descriptor is ready.</summary>
internal interface IWatched
{
    /// <summary>On the loop's thread. A hint: what it says may have passed.</summary>
    void Ready(EpollEvents events);

    /// <summary>The loop stops: to be closed now.</summary>
    void Stop();
}
