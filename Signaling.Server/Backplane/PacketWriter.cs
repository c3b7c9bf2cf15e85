using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace Signaling.Server.Backplane;

/// <summary>
/// Makes packets: what one server publishes in a topic at once. A version, the server, a number, and records one after
/// the other: kind, two strings, bytes. A hole in the numbers shows that something was lost.
/// </summary>
internal sealed class PacketWriter(ServerId server)
{
    public const byte Version = 1;
    public const int HeaderBytes = 1 + ServerId.Bytes + 1 + 8;

    /// <summary>Set in the first packet of a server in a topic: its number has no one before.</summary>
    public const byte First = 1;

    // Records that gather go into one packet up to here.
    private const int Enough = 256 * 1024;

    private readonly Queue<byte[]> _full = new();
    private readonly ArrayBufferWriter<byte> _open = new();
    private long _number;
    private bool _hole;

    public bool IsEmpty => _full.Count == 0 && _open.WrittenCount == 0;

    public int Bytes { get; private set; }

    public void Add(RecordKind kind, string one, string other, ReadOnlySpan<byte> body)
    {
        if (_open.WrittenCount == 0) Open();
        var before = _open.WrittenCount;
        _open.Write([(byte)kind]);
        Write(one);
        Write(other);
        BinaryPrimitives.WriteInt32BigEndian(_open.GetSpan(4), body.Length);
        _open.Advance(4);
        _open.Write(body);
        Bytes += _open.WrittenCount - before;
        if (_open.WrittenCount >= Enough) Close();
    }

    /// <summary>What was to be added is lost: there is a hole before the next packet, which comes even if it is empty.</summary>
    public void Skip()
    {
        if (_hole) return;
        Close();
        _number++;
        _hole = true;
    }

    /// <summary>The packets so far, in order.</summary>
    public byte[][] Take()
    {
        if (_hole) Open();
        Close();
        Bytes = 0;
        var packets = _full.ToArray();
        _full.Clear();
        return packets;
    }

    private void Close()
    {
        if (_open.WrittenCount == 0) return;
        _full.Enqueue(_open.WrittenSpan.ToArray());
        _open.ResetWrittenCount();
    }

    private void Open()
    {
        _hole = false;
        var header = _open.GetSpan(HeaderBytes);
        header[0] = Version;
        server.Write(header[1..]);
        header[1 + ServerId.Bytes] = _number == 0 ? First : (byte)0;
        BinaryPrimitives.WriteInt64BigEndian(header[(2 + ServerId.Bytes)..], _number++);
        _open.Advance(HeaderBytes);
    }

    private void Write(string text)
    {
        var length = Encoding.UTF8.GetByteCount(text);
        var span = _open.GetSpan(2 + length);
        BinaryPrimitives.WriteUInt16BigEndian(span, (ushort)length);
        Encoding.UTF8.GetBytes(text, span[2..]);
        _open.Advance(2 + length);
    }
}
