namespace Signaling.Server.Sockets;

/// <summary>What a frame is (RFC 6455 section 5.2).</summary>
public enum Opcode : byte
{
    /// <summary>A further fragment of a message.</summary>
    Continuation = 0,

    /// <summary>A message in UTF-8, or its first fragment.</summary>
    Text = 1,

    /// <summary>A message of bytes, or its first fragment.</summary>
    Binary = 2,

    /// <summary>The end of what this side says.</summary>
    Close = 8,

    /// <summary>Asks for a pong with the same payload.</summary>
    Ping = 9,

    /// <summary>Answers a ping.</summary>
    Pong = 10,
}
