namespace Signaling.Server.Sockets.Wire.Epoll;

/// <summary>What can be the matter with a descriptor.</summary>
[Flags]
internal enum EpollEvents : uint
{
    None = 0,
    In = 1,
    Out = 4,

    /// <summary>Reported whether asked for or not, as is <see cref="Hangup"/>.</summary>
    Error = 8,
    Hangup = 16,
}
