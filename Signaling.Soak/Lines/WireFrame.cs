namespace Signaling.Soak.Lines;

/// <summary>A frame of the relay. Its payload lives until the next one is read.</summary>
internal readonly record struct WireFrame(WireOpcode Opcode, ReadOnlyMemory<byte> Payload);
