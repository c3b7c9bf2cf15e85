using System.Diagnostics;

namespace Signaling.Bench.Load;

/// <summary>A connection of the load: a plain socket, and as much of RFC 6455 as servers send.</summary>
internal sealed class Line : IDisposable
{
    private readonly Poller _poller;
    private readonly IListener _listener;
    private readonly byte[] _request;
    private readonly TlsTunnel? _tls;
    private KeptBytes _unread;
    private KeptBytes _unsent;
    private bool _isDeaf;
    private bool _isHolding;

    /// <summary>Begins to connect.</summary>
    /// <param name="request">Asks for the upgrade.</param>
    public Line(Poller poller, IListener listener, int port, byte[] request, bool tls)
    {
        (_poller, _listener, _request) = (poller, listener, request);
        Index = poller.Register(this);
        Descriptor = Libc.Connect(port, (byte)(1 + Index / 20_000));
        if (tls) _tls = new TlsTunnel(Put, () => Send(_request), Understand);
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
        if (_tls is null) Put(bytes);
        else _tls.Send(bytes);
    }

    /// <summary>Keeps what is to be sent until <see cref="Release"/>.</summary>
    public void Hold() => _isHolding = true;

    /// <summary>Sends what was kept, with one system call.</summary>
    public void Release()
    {
        _isHolding = false;
        if (State is LineState.Closed || _unsent.Length == 0) return;
        SendUnsent();
        if (State is not LineState.Closed && _unsent.Length > 0) Listen();
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

    public void Dispose()
    {
        Cut();
        _tls?.Dispose();
    }

    public void Ready(uint bits)
    {
        if (State is LineState.Closed) return;
        if ((bits & Libc.Writable) != 0) Flush();
        // That the line has broken is told to who does not ask, too.
        if ((bits & (_isDeaf ? Libc.Broken : ~(uint)Libc.Writable)) != 0) Receive();
    }

    private void Put(ReadOnlySpan<byte> bytes)
    {
        if (_isHolding)
        {
            _unsent.Append(bytes);
            return;
        }
        var sent = _unsent.Length > 0 ? 0 : Libc.Send(Descriptor, bytes);
        if (sent == bytes.Length) return;
        if (sent < 0 && sent != Libc.Again)
        {
            Cut();
            return;
        }
        _unsent.Append(bytes[Math.Max(sent, 0)..]);
        Listen();
    }

    private void Flush()
    {
        if (State is LineState.Connecting)
        {
            Become(LineState.Upgrading);
            if (_tls is null) Send(_request);
            else _ = _tls.RunAsync();
        }
        else if (_unsent.Length > 0) SendUnsent();
        if (State is not LineState.Closed) Listen();
    }

    private void SendUnsent()
    {
        var sent = Libc.Send(Descriptor, _unsent.Span);
        if (sent > 0) _unsent.Drop(sent);
        else if (sent != Libc.Again) Cut();
    }

    private void Receive()
    {
        // Behind what is kept, so that it need not be moved when the rest of it is here.
        var fresh = _poller.Buffer.AsSpan(_tls is null ? _unread.Length : 0);
        var read = Libc.Receive(Descriptor, fresh);
        if (read is Libc.Again or Libc.Interrupted) return;
        if (read <= 0) Cut();
        else if (_tls is null) Understand(fresh[..read]);
        else _tls.Feed(fresh[..read]);
    }

    private void Understand(ReadOnlySpan<byte> fresh)
    {
        var unread = _poller.Buffer.AsSpan(0, _unread.Length + fresh.Length);
        fresh.CopyTo(unread[_unread.Length..]);
        _unread.Span.CopyTo(unread);
        _unread.Drop(_unread.Length);
        if (State is LineState.Upgrading && unread.IndexOf("\r\n\r\n"u8) is >= 0 and var end)
        {
            if (!unread.StartsWith("HTTP/1.1 101 "u8))
            {
                Cut();
                return;
            }
            unread = unread[(end + 4)..];
            Become(LineState.Open);
        }
        if (State is LineState.Open)
        {
            var now = Stopwatch.GetTimestamp();
            while (ServerFrame.TryTake(ref unread, out var opcode, out var payload)) Take(opcode, payload, now);
        }
        _unread.Append(unread);
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
        _poller.Watch(this, (_isDeaf ? 0 : Libc.Readable) | (_unsent.Length > 0 ? Libc.Writable : 0), again: true);
}
