using System.Buffers.Binary;
using System.Text.Unicode;
using Signaling.Server.Relay;

namespace Signaling.Server.Sockets;

/// <summary>What a client's Close is answered with (RFC 6455 sections 5.5.1 and 7.4): it has a code and a text, or nothing.</summary>
internal static class CloseAnswer
{
    public static CloseReason To(ReadOnlySpan<byte> payload)
    {
        if (payload.IsEmpty) return CloseReason.Normal;
        if (payload.Length == 1) return CloseReason.ProtocolError("a Close frame begins with a code of two bytes");
        var sendable = BinaryPrimitives.ReadUInt16BigEndian(payload) is (>= 1000 and <= 1003) or (>= 1007 and <= 1014) or (>= 3000 and <= 4999);
        if (!sendable) return CloseReason.ProtocolError("this close code must not be sent");
        return Utf8.IsValid(payload[2..]) ? CloseReason.Normal : CloseReason.NotUtf8;
    }
}
