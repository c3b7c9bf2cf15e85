using Microsoft.Extensions.Options;
using Signaling.Server.Hosting;
using Signaling.Server.Sockets.Wire.Epoll;

namespace Signaling.Server.Sockets.Wire;

/// <summary>What <c>Server:Wire</c> and <c>Server:Transport</c> come to on this machine.</summary>
internal sealed class WireChoice(IOptions<ServerOptions> options)
{
    private readonly Lazy<string?> _obstacle = new(() => options.Value.Transport == ServerOptions.KestrelTransport ? "Server:Transport is kestrel" : Look());

    /// <summary>The socket wire is demanded, not only preferred.</summary>
    public bool MustBeSocket => options.Value.Wire == ServerOptions.SocketWire;

    /// <summary>The socket wire may be used.</summary>
    public bool MayBeSocket => options.Value.Wire != ServerOptions.StreamWire;

    /// <summary>Why connections come by Kestrel's transport, which keeps its sockets; null when they come by this server's own.</summary>
    public string? Obstacle => _obstacle.Value;

    /// <summary>Connections come by this server's own transport, for whichever wire.</summary>
    public bool HasTransport => Obstacle is null;

    /// <summary>Their sockets are taken over, where that can be.</summary>
    public bool TakesSockets => MayBeSocket && HasTransport;

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
