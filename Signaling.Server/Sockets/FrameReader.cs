using System.Text.Unicode;
using Signaling.Server.Relay;

namespace Signaling.Server.Sockets;

/// <summary>
/// Turns a client's bytes into messages (RFC 6455 section 5), in whatever pieces they come: unmasks in place, joins
/// fragments, checks UTF-8. Copies only what is not whole yet. Knows no sockets; not thread-safe.
/// </summary>
/// <param name="maxMessageBytes">A larger message is an error, before its bytes are kept.</param>
public sealed class FrameReader(int maxMessageBytes)
{
    private const int MaxFragments = 1024;
    private const int MaxControlBytes = 125;

    private FrameHeader _frame;
    private bool _inFrame;
    private long _left;
    private FramePart _header;
    private FramePart _control;
    private FramePart _message;
    private Opcode _kind;
    private int _fragments;
    private bool _muted;
    private bool _lost;

    /// <summary>What was wrong, once something was: nothing is read any more but the client's Close.</summary>
    public CloseReason? Error { get; private set; }

    /// <summary>Bytes that are kept of what is not whole yet.</summary>
    internal int Kept => _header.Length + _control.Length + _message.Length;

    /// <summary>From here on messages are skipped unread; only the client's Close is still reported.</summary>
    public void Mute()
    {
        _muted = true;
        _message.Clear();
    }

    /// <summary>The next whole message in the bytes, or false when there is none and all bytes are used.</summary>
    /// <param name="bytes">What came in; advances past what was used, and is overwritten (unmasked).</param>
    /// <param name="message">Valid until the next call.</param>
    public bool TryRead(ref Span<byte> bytes, out Message message)
    {
        message = default;
        if (_kind == default) _message.Clear();
        if (!_inFrame) _control.Clear();
        while (!_lost)
        {
            if (!_inFrame)
            {
                if (!TryReadHeader(ref bytes)) return false;
                if (Check(_frame) is { } wrong) Fail(wrong);
                continue;
            }
            if (_left > 0 && bytes.IsEmpty) return false;

            var part = bytes[..(int)Math.Min(_left, bytes.Length)];
            bytes = bytes[part.Length..];
            _frame.Unmask(part);
            _left -= part.Length;
            _inFrame = _left > 0;

            if (_frame.IsControl ? TryReadControl(part, out message) : TryReadData(part, out message)) return true;
        }
        bytes = default;
        return false;
    }

    /// <summary>Gives buffers back; the last call.</summary>
    public void Release()
    {
        _header.Clear();
        _control.Clear();
        _message.Clear();
    }

    private bool TryReadHeader(ref Span<byte> bytes)
    {
        if (bytes.IsEmpty) return false;
        if (_header.IsEmpty && FrameHeader.TryRead(bytes, out _frame, out var used))
        {
            bytes = bytes[used..];
        }
        else
        {
            // The header is cut in two: a byte at a time until it is whole.
            do
            {
                if (bytes.IsEmpty) return false;
                _header.Append(bytes[..1]);
                bytes = bytes[1..];
            }
            while (!FrameHeader.TryRead(_header.Bytes, out _frame, out _));
            _header.Clear();
        }
        _inFrame = true;
        _left = _frame.Length;
        return true;
    }

    private CloseReason? Check(FrameHeader frame)
    {
        if (frame.Reserved) return CloseReason.ProtocolError("reserved bits are set; no extension was agreed");
        if (!frame.Masked) return CloseReason.ProtocolError("a client must mask its frames");
        if (frame.IsControl)
        {
            if (frame.Opcode > Opcode.Pong) return CloseReason.ProtocolError("unknown opcode");
            if (!frame.Final) return CloseReason.ProtocolError("a control frame must not be fragmented");
            if (frame.Length is < 0 or > MaxControlBytes) return CloseReason.ProtocolError("a control frame has 125 bytes at most");
            return null;
        }
        if (frame.Opcode > Opcode.Binary) return CloseReason.ProtocolError("unknown opcode");
        if (frame.Length < 0) return CloseReason.ProtocolError("the highest bit of a length must be 0");
        if (frame.Opcode == Opcode.Continuation && _kind == default) return CloseReason.ProtocolError("a continuation of nothing");
        if (frame.Opcode != Opcode.Continuation && _kind != default) return CloseReason.ProtocolError("a new message inside a fragmented one");
        if (_muted) return null;
        if (frame.Length > maxMessageBytes - _message.Length) return CloseReason.TooBig(maxMessageBytes);
        if (_fragments >= MaxFragments) return CloseReason.TooManyFragments;
        return null;
    }

    private bool TryReadControl(Span<byte> part, out Message message)
    {
        message = default;
        if (_inFrame || !_control.IsEmpty)
        {
            _control.Append(part);
            if (_inFrame) return false;
            part = _control.Bytes;
        }
        message = new Message(_frame.Opcode, part);
        return true;
    }

    private bool TryReadData(Span<byte> part, out Message message)
    {
        message = default;
        if (_frame.Opcode != Opcode.Continuation) _kind = _frame.Opcode;
        var whole = !_inFrame && _frame.Final;
        if (!_inFrame) _fragments++;

        if (!_muted)
        {
            if (!whole || !_message.IsEmpty)
            {
                _message.Append(part);
                part = _message.Bytes;
            }
            if (whole && _kind == Opcode.Text && !Utf8.IsValid(part)) Fail(CloseReason.NotUtf8);
        }
        if (!whole) return false;

        message = new Message(_kind, part);
        _kind = default;
        _fragments = 0;
        return !_muted;
    }

    private void Fail(CloseReason error)
    {
        // Where the next frame begins is only known as long as they are frames. The first error is the one that counts.
        _lost = error.Code == 1002;
        Error ??= error;
        Mute();
    }
}
