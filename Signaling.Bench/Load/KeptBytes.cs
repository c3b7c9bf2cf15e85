namespace Signaling.Bench.Load;

/// <summary>Bytes that could not be dealt with yet.</summary>
internal struct KeptBytes
{
    private byte[]? _buffer;

    public int Length { get; private set; }

    public readonly Span<byte> Span => _buffer.AsSpan(0, Length);

    public void Append(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty) return;
        if (_buffer is null || _buffer.Length < Length + bytes.Length) Array.Resize(ref _buffer, (Length + bytes.Length) * 2);
        bytes.CopyTo(_buffer.AsSpan(Length));
        Length += bytes.Length;
    }

    /// <summary>Forgets the first so many.</summary>
    public void Drop(int count)
    {
        Span[count..].CopyTo(Span);
        Length -= count;
    }
}
