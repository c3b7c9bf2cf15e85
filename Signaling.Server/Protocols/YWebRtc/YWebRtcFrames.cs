using System.Text;
using Signaling.Server.Relay;
using Signaling.Server.Sockets;

namespace Signaling.Server.Protocols.YWebRtc;

/// <summary>What clients of y-webrtc are sent.</summary>
internal static class YWebRtcFrames
{
    public static readonly Frame Pong = FrameEncoder.Encode(Opcode.Text, """{"type":"pong"}"""u8);

    /// <summary>What was published, with the number of those who hear it. Later keys win where a message has brought one of its own.</summary>
    /// <param name="open">As it was said, but for its last brace.</param>
    /// <param name="clients">How many have subscribed.</param>
    public static Frame Published(ReadOnlySpan<byte> open, int clients)
    {
        var tail = $",\"clients\":{clients}}}";
        var frame = FrameEncoder.Reserve(Opcode.Text, open.Length + tail.Length, out var payload);
        open.CopyTo(payload);
        Encoding.ASCII.GetBytes(tail, payload[open.Length..]);
        return frame;
    }
}
