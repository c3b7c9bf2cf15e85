using Signaling.Server.Relay;

namespace Signaling.Server.Sockets;

/// <summary>A whole message as it came in: fragments joined, unmasked, and text checked to be UTF-8. Lives as long as the call.</summary>
/// <param name="opcode">Text or binary; inside this folder also close, ping and pong.</param>
/// <param name="payload">Its bytes, in a buffer that is used again.</param>
public readonly ref struct Message(Opcode opcode, ReadOnlySpan<byte> payload)
{
    /// <summary>Text or binary; inside this folder also close, ping and pong.</summary>
    public Opcode Opcode { get; } = opcode;

    /// <summary>Its bytes, in a buffer that is used again.</summary>
    public ReadOnlySpan<byte> Payload { get; } = payload;

    /// <summary>The same message as the server sends it.</summary>
    public Frame ToFrame() => FrameEncoder.Encode(Opcode, Payload);
}
