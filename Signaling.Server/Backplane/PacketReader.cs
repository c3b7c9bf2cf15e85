using System.Buffers.Binary;
using System.Text;
using System.Text.Unicode;

namespace Signaling.Server.Backplane;

/// <summary>
/// Reads a packet, as one reads from the network: anybody may have written it who can reach Redis. What breaks a rule ends
/// the reading, and <see cref="IsBad"/> is set.
/// </summary>
internal ref struct PacketReader
{
    /// <summary>Bytes of an id or a reason.</summary>
    public const int MaxTextBytes = 512;

    private static readonly ServerId None = new(0, 0);

    private ReadOnlyMemory<byte> _rest;
    private readonly int _maxBody;

    public PacketReader(ReadOnlyMemory<byte> packet, int maxBody)
    {
        _maxBody = maxBody;
        if (packet.Length < PacketWriter.HeaderBytes || packet.Span[0] != PacketWriter.Version)
        {
            IsBad = true;
            return;
        }
        Server = ServerId.Read(packet.Span[1..]);
        IsFirst = (packet.Span[1 + ServerId.Bytes] & PacketWriter.First) != 0;
        Number = BinaryPrimitives.ReadInt64BigEndian(packet.Span[(2 + ServerId.Bytes)..]);
        _rest = packet[PacketWriter.HeaderBytes..];
    }

    public bool IsBad { get; private set; }

    public ServerId Server { get; } = None;

    public bool IsFirst { get; }

    public long Number { get; }

    public RecordKind Kind { get; private set; }

    public string One { get; private set; } = "";

    public string Other { get; private set; } = "";

    /// <summary>Part of the packet.</summary>
    public ReadOnlyMemory<byte> Body { get; private set; }

    public bool Next()
    {
        if (IsBad || _rest.IsEmpty) return false;
        Kind = (RecordKind)_rest.Span[0];
        _rest = _rest[1..];
        (One, Other) = ("", "");
        if (Kind is < RecordKind.SaidByStranger or > RecordKind.Seen || !TakeText(out var one) || !TakeText(out var other) || !TakeBody())
        {
            IsBad = true;
            return false;
        }
        (One, Other) = (one, other);
        return true;
    }

    private bool TakeText(out string text)
    {
        text = "";
        if (_rest.Length < 2) return false;
        var length = BinaryPrimitives.ReadUInt16BigEndian(_rest.Span);
        if (length > MaxTextBytes || _rest.Length < 2 + length) return false;
        var bytes = _rest.Span[2..(2 + length)];
        if (!Utf8.IsValid(bytes)) return false;
        text = Encoding.UTF8.GetString(bytes);
        _rest = _rest[(2 + length)..];
        return true;
    }

    private bool TakeBody()
    {
        if (_rest.Length < 4) return false;
        var length = BinaryPrimitives.ReadInt32BigEndian(_rest.Span);
        if (length < 0 || length > _maxBody || _rest.Length < 4 + length) return false;
        Body = _rest[4..(4 + length)];
        _rest = _rest[(4 + length)..];
        return true;
    }
}
