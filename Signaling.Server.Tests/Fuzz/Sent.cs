using Signaling.Server.Sockets;

namespace Signaling.Server.Tests.Fuzz;

/// <summary>A message as a client sends it.</summary>
/// <param name="Opcode">Text or binary.</param>
/// <param name="Payload">All of it.</param>
/// <param name="Fragments">In how many frames.</param>
/// <param name="Key">The mask.</param>
/// <param name="Pings">With a ping between the frames.</param>
internal sealed record Sent(Opcode Opcode, byte[] Payload, int Fragments, uint Key, bool Pings)
{
    public void EncodeInto(List<byte> bytes)
    {
        var size = Payload.Length / Fragments + 1;
        for (var i = 0; i < Fragments; i++)
        {
            var part = Payload.AsSpan(Math.Min(i * size, Payload.Length)..Math.Min((i + 1) * size, Payload.Length));
            bytes.AddRange(ClientBytes.Frame(i == 0 ? Opcode : Opcode.Continuation, part, final: i == Fragments - 1, Key));
            if (Pings) bytes.AddRange(ClientBytes.Frame(Opcode.Ping, [(byte)i], final: true, Key));
        }
    }

    public override string ToString() => $"{Opcode} of {Payload.Length} bytes in {Fragments} frames";
}
