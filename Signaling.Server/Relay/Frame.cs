namespace Signaling.Server.Relay;

/// <summary>A message as it goes on the wire, encoded once; every receiver is sent these same bytes.</summary>
/// <param name="Wire">A whole frame, header and payload. Never written to after it was made.</param>
public readonly record struct Frame(ReadOnlyMemory<byte> Wire)
{
    /// <summary>Bytes on the wire, header included.</summary>
    public int Length => Wire.Length;
}
