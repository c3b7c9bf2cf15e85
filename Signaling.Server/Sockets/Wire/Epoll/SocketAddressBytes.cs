using System.Buffers.Binary;
using System.Net;
using System.Runtime.InteropServices;

namespace Signaling.Server.Sockets.Wire.Epoll;

/// <summary>The kernel's <c>struct sockaddr</c> of IPv4 and IPv6.</summary>
internal static class SocketAddressBytes
{
    /// <summary>As many as the longest has, which is a Unix socket's.</summary>
    public const int Max = 128;

    private const int IPv4 = 2;
    private const int IPv6 = 10;

    /// <summary>Null for other families.</summary>
    public static IPEndPoint? Read(ReadOnlySpan<byte> address)
    {
        var port = BinaryPrimitives.ReadUInt16BigEndian(address[2..]);
        return MemoryMarshal.Read<ushort>(address) switch
        {
            IPv4 => new IPEndPoint(new IPAddress(address.Slice(4, 4)), port),
            IPv6 => new IPEndPoint(new IPAddress(address.Slice(8, 16), MemoryMarshal.Read<uint>(address[24..])), port),
            _ => null,
        };
    }
}
