using System.Buffers.Binary;

namespace Signaling.Bench.Load;

/// <summary>Frames as servers send them: not masked, and not in fragments by any server here.</summary>
internal static class ServerFrame
{
    /// <summary>Takes the first frame off; false: it is not whole yet.</summary>
    public static bool TryTake(ref Span<byte> unread, out int opcode, out ReadOnlySpan<byte> payload)
    {
        opcode = 0;
        payload = default;
        if (unread.Length < 2) return false;
        if ((unread[0] & 0xF0) != 0x80 || (unread[1] & 0x80) != 0) throw new InvalidDataException($"A server sent a frame that begins with {unread[0]:x2} {unread[1]:x2}.");
        var header = (unread[1] & 0x7F) switch { 126 => 4, 127 => 10, _ => 2 };
        if (unread.Length < header) return false;
        var length = header switch { 4 => BinaryPrimitives.ReadUInt16BigEndian(unread[2..]), 10 => (int)BinaryPrimitives.ReadInt64BigEndian(unread[2..]), _ => unread[1] & 0x7F };
        if (unread.Length < header + length) return false;
        opcode = unread[0] & 0x0F;
        payload = unread.Slice(header, length);
        unread = unread[(header + length)..];
        return true;
    }
}
