using Microsoft.Extensions.Options;
using Signaling.Server.Hosting;
using Signaling.Server.Sockets.Wire.Epoll;

namespace Signaling.Server.Sockets.Wire;

/// <summary>What <c>Server:Wire</c> comes to on this machine.</summary>
internal sealed class WireChoice(IOptions<ServerOptions> options)
{
    private readonly Lazy<string?> _obstacle = new(Look);

    /// <summary>The socket wire is demanded, not only preferred.</summary>
    public bool MustBeSocket => options.Value.Wire == ServerOptions.SocketWire;

    /// <summary>The socket wire may be used.</summary>
    public bool MayBeSocket => options.Value.Wire != ServerOptions.StreamWire;

    /// <summary>Why there is no socket wire on this machine; null when there is.</summary>
    public string? Obstacle => _obstacle.Value;

    /// <summary>Connections come by a transport that can hand their sockets over.</summary>
    public bool TakesSockets => MayBeSocket && Obstacle is null;

    private static string? Look()
    {
        if (!OperatingSystem.IsLinux()) return "it needs Linux";
        try
        {
            var epoll = Libc.EpollCreate();
            if (epoll < 0) return $"the kernel gives no epoll: error {-epoll}";
            Libc.Close(epoll);
            return null;
        }
        catch (Exception missing) when (missing is DllNotFoundException or EntryPointNotFoundException)
        {
            return $"it needs libc: {missing.Message}";
        }
    }
}
