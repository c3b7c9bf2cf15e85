using System.Buffers;

namespace Signaling.Server.Sockets;

/// <summary>Bytes of something that is not whole yet. Grows with what really came, not with what was announced.</summary>
internal struct FramePart
{
    private byte[]? _buffer;

    public int Length { get; private set; }

    public readonly bool IsEmpty => Length == 0;

    public readonly Span<byte> Bytes => _buffer.AsSpan(0, Length);

    public void Append(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty) return;
        if (_buffer is null || _buffer.Length - Length < bytes.Length)
        {
            var larger = ArrayPool<byte>.Shared.Rent(Math.Max(Length * 2, Length + bytes.Length));
            Bytes.CopyTo(larger);
            if (_buffer is not null) ArrayPool<byte>.Shared.Return(_buffer);
            _buffer = larger;
        }
        bytes.CopyTo(_buffer.AsSpan(Length));
        Length += bytes.Length;
    }

    public void Clear()
    {
        if (_buffer is not null) ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = null;
        Length = 0;
    }
}
