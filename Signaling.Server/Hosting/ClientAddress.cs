using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace Signaling.Server.Hosting;

/// <summary>Where a connection comes from, as far as it is counted: an IPv4 address, or the first 64 bits of an IPv6 address, which is what one subscriber gets.</summary>
/// <param name="Bits">The address or the network.</param>
/// <param name="Family">Which of the two; unspecified where the transport knows no addresses, as a Unix socket does.</param>
internal readonly record struct ClientAddress(ulong Bits, AddressFamily Family)
{
    public static ClientAddress Of(IPAddress? address)
    {
        if (address is null) return default;
        if (address.IsIPv4MappedToIPv6) address = address.MapToIPv4();
        Span<byte> bytes = stackalloc byte[16];
        address.TryWriteBytes(bytes, out _);
        return new(BinaryPrimitives.ReadUInt64BigEndian(bytes), address.AddressFamily);
    }
}
