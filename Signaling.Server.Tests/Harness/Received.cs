using System.Text;
using Signaling.Server.Sockets;

namespace Signaling.Server.Tests.Harness;

/// <summary>A frame that the server sent.</summary>
internal sealed record Received(Opcode Opcode, byte[] Payload)
{
    public string Text => Encoding.UTF8.GetString(Payload);

    public int CloseCode => Opcode == Opcode.Close ? (Payload[0] << 8) | Payload[1] : throw new InvalidOperationException($"not a Close, but {this}");

    public string CloseText => Encoding.UTF8.GetString(Payload.AsSpan(2));

    public override string ToString() => $"{Opcode} of {Payload.Length} bytes";
}
