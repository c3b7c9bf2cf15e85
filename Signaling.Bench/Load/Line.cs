using System.Diagnostics;

namespace Signaling.Bench.Load;

/// <summary>A connection of the load: a plain socket, and as much of RFC 6455 as servers send.</summary>
internal sealed class Line
{
    private readonly Poller _poller;
    private readonly IListener _listener;
    private readonly byte[] _request;
    private byte[] _rest = [];
    private int _restLength;
    private byte[] _unsent = [];
    private int _unsentLength;
    private bool _isDeaf;

    /// <summary>Begins to connect.</summary>
    /// <param name="request">Asks for the upgrade.</param>
    public Line(Poller poller, IListener listener, int port, byte[] request)
    {
        (_poller, _listener, _request) = (poller, listener, request);
        Index = poller.Register(this);
        Descriptor = Libc.Connect(port, (byte)(1 + Index / 20_000));
        poller.Watch(this, Libc.Writable, again: false);
    }

    public int Index { get; }

    public int Descriptor { get; }

    public LineState State { get; private set; }

    /// <summary>Of the Close that the server sent; 0: none.</summary>
    public int CloseCode { get; private set; }

    public void Send(ReadOnlySpan<byte> bytes)
    {
        if (State is LineState.Closed) return;
        var sent = _unsentLength > 0 ? 0 : Libc.Send(Descriptor, bytes);
        if (sent == bytes.Length) return;
        if (sent < 0 && sent != Libc.Again) { Cut(); return; }
        Keep(ref _unsent, ref _unsentLength, bytes[Math.Max(sent, 0)..]);
        Listen();
    }

    /// <summary>Reads no more, or again.</summary>
    public void BeDeaf(bool deaf)
    {
        _isDeaf = deaf;
        if (State is not LineState.Closed) Listen();
    }

    /// <summary>Says goodbye; the server closes.</summary>
    public void Leave()
    {
        if (State is LineState.Open) Send(MaskedMessage.Control(8, [0x03, 0xe8]));
        else Cut();
    }

    public void Cut()
    {
        if (State is LineState.Closed) return;
        Become(LineState.Closed);
        Libc.Close(Descriptor);
    }

    public void Ready(uint bits)
    {
        if (State is LineState.Closed) return;
        if ((bits & Libc.Writable) != 0) Flush();
        // That the line has broken is told to who does not ask, too.
        if ((bits & (_isDeaf ? Libc.Broken : ~(uint)Libc.Writable)) != 0) Receive();
    }

    private void Flush()
    {
        if (State is LineState.Connecting)
        {
            Become(LineState.Upgrading);
            Send(_request);
        }
        else if (_unsentLength > 0)
        {
            var sent = Libc.Send(Descriptor, _unsent.AsSpan(0, _unsentLength));
            if (sent < 0 && sent != Libc.Again) { Cut(); return; }
            sent = Math.Max(sent, 0);
            _unsent.AsSpan(sent.._unsentLength).CopyTo(_unsent);
            _unsentLength -= sent;
        }
        if (State is not LineState.Closed) Listen();
    }

    private void Receive()
    {
        var buffer = _poller.Buffer;
        _rest.AsSpan(0, _restLength).CopyTo(buffer);
        var read = Libc.Receive(Descriptor, buffer.AsSpan(_restLength));
        if (read is Libc.Again or Libc.Interrupted) return;
        if (read <= 0) { Cut(); return; }
        var unread = buffer.AsSpan(0, _restLength + read);
        if (State is LineState.Upgrading)
        {
            var end = unread.IndexOf("\r\n\r\n"u8);
            if (end >= 0)
            {
                if (!unread.StartsWith("HTTP/1.1 101 "u8)) { Cut(); return; }
                unread = unread[(end + 4)..];
                Become(LineState.Open);
            }
        }
        if (State is LineState.Open)
        {
            var now = Stopwatch.GetTimestamp();
            while (ServerFrame.TryTake(ref unread, out var opcode, out var payload)) Take(opcode, payload, now);
        }
        _restLength = 0;
        Keep(ref _rest, ref _restLength, unread);
    }

    private void Take(int opcode, ReadOnlySpan<byte> payload, long now)
    {
        if (opcode is 1 or 2) _listener.Received(this, payload, now);
        else if (opcode == 9) Send(MaskedMessage.Control(10, payload));
        else if (opcode == 8 && payload.Length >= 2) CloseCode = payload[0] << 8 | payload[1];
    }

    private void Become(LineState state)
    {
        State = state;
        _listener.Changed(this);
    }

    private void Listen() =>
        _poller.Watch(this, (_isDeaf ? 0 : Libc.Readable) | (_unsentLength > 0 ? Libc.Writable : 0), again: true);

    private static void Keep(ref byte[] kept, ref int length, ReadOnlySpan<byte> bytes)
    {
        if (kept.Length < length + bytes.Length) Array.Resize(ref kept, (length + bytes.Length) * 2);
        bytes.CopyTo(kept.AsSpan(length));
        length += bytes.Length;
    }
}
