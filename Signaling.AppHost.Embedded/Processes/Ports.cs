using System.Net;
using System.Net.Sockets;

namespace Signaling.AppHost.Embedded.Processes;

/// <summary>Ports of this machine: at one address, or on its loopback, both IPv4 and IPv6, since "localhost" is either.</summary>
internal static class Ports
{
    public static bool IsFree(int port, string host = "localhost") => IPAddress.TryParse(host, out var address)
        ? CanListen(address, port)
        : CanListen(IPAddress.Loopback, port) && CanListen(IPAddress.IPv6Loopback, port);

    private static readonly HashSet<int> Given = [];

    /// <summary>One that nobody listens on, another each time.</summary>
    public static int Free()
    {
        while (true)
        {
            using var listener = new TcpListener(IPAddress.Loopback, 0);
            listener.Start();
            var port = ((IPEndPoint)listener.LocalEndpoint).Port;
            if (CanListen(IPAddress.IPv6Loopback, port) && Given.Add(port)) return port;
        }
    }

    private static bool CanListen(IPAddress address, int port)
    {
        try
        {
            using var listener = new TcpListener(address, port);
            listener.Start();
            return true;
        }
        catch (SocketException error)
        {
            // a machine without IPv6 has nobody on that port either
            return error.SocketErrorCode is SocketError.AddressNotAvailable or SocketError.AddressFamilyNotSupported;
        }
    }
}
