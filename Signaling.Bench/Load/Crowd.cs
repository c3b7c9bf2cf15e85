using System.Diagnostics;
using System.Text;
using Signaling.Bench.Servers;

namespace Signaling.Bench.Load;

/// <summary>Rooms full of lines to one server or several, the messages on them, and what became of those.</summary>
internal sealed class Crowd : IListener
{
    private const int Remembered = 1024; // sendings of each line, for their times
    private const int AtOnce = 64; // lines that connect at a time

    private readonly Poller _poller;
    private readonly Func<int, int> _portOf;
    private readonly Abilities _speaks;
    private readonly string _name = $"{Random.Shared.Next():x8}";
    private readonly List<Line> _lines = [];
    private readonly long[][] _sentAt;
    private readonly int[] _sent;
    private int _open;
    private int _ended;

    /// <param name="poller">Of this crowd alone.</param>
    /// <param name="speaks">Envelopes or TLS, where it is to.</param>
    public Crowd(Poller poller, int port, int rooms, int roomSize, Abilities speaks = Abilities.Plain) : this(poller, _ => port, rooms, roomSize, speaks)
    {
    }

    /// <param name="portOf">Of the server that the line in that place connects to.</param>
    public Crowd(Poller poller, Func<int, int> portOf, int rooms, int roomSize, Abilities speaks = Abilities.Plain)
    {
        (_poller, _portOf, Rooms, RoomSize, _speaks) = (poller, portOf, rooms, roomSize, speaks);
        Ledger = new Ledger(Size, roomSize);
        _sent = new int[Size];
        _sentAt = new long[Size][];
    }

    public int Rooms { get; }

    public int RoomSize { get; }

    public int Size => Rooms * RoomSize;

    public Ledger Ledger { get; }

    public Histogram Latency { get; } = new();

    /// <summary>Called with the receiver, and with who sent what it received.</summary>
    public Action<int, Stamp>? Received { get; set; }

    public int Open => _open - _ended;

    /// <summary>Messages that were sent so far.</summary>
    public long Sent => Ledger.Expected / (RoomSize - 1);

    /// <summary>Lines by their place: those of the first room first.</summary>
    public IReadOnlyList<Line> Lines => _lines;

    /// <summary>Connects everybody, some at a time.</summary>
    public void Connect()
    {
        while (_lines.Count < Size)
        {
            _lines.Add(new Line(_poller, this, _portOf(_lines.Count), Request(_lines.Count / RoomSize), _speaks.HasFlag(Abilities.Tls)));
            if (!_poller.RunUntil(() => _lines.Count - _open - _ended < AtOnce, TimeSpan.FromSeconds(20))) break;
        }
        _poller.RunUntil(() => _open + _ended >= Size, TimeSpan.FromSeconds(20));
        if (_open < Size || _ended > 0) throw new InvalidOperationException($"Of {Size} lines {_open} were opened and {_ended} ended.");
    }

    /// <summary>Sends a message to all others of the room.</summary>
    public void Send(int from, MaskedMessage message)
    {
        var number = _sent[from]++;
        (_sentAt[from] ??= new long[Remembered])[number % Remembered] = Stopwatch.GetTimestamp();
        Ledger.Sent(RoomSize - 1);
        _lines[from].Send(message.With(new Stamp(from, number)));
    }

    /// <summary>Sends several, with one system call.</summary>
    public void Send(int from, IEnumerable<MaskedMessage> messages)
    {
        _lines[from].Hold();
        foreach (var message in messages) Send(from, message);
        _lines[from].Release();
    }

    /// <summary>Waits until everything that was sent has arrived, and says whether it has.</summary>
    public bool Settle() => _poller.RunUntil(() => Ledger.Lost <= 0, TimeSpan.FromSeconds(5));

    public void Leave()
    {
        foreach (var line in _lines) line.Leave();
        _poller.RunUntil(() => _ended >= _lines.Count, TimeSpan.FromSeconds(3));
        foreach (var line in _lines) line.Cut();
    }

    void IListener.Changed(Line line)
    {
        if (line.State is LineState.Open) _open++;
        else if (line.State is LineState.Closed) _ended++;
    }

    void IListener.Received(Line line, ReadOnlySpan<byte> payload, long now)
    {
        if (!Stamp.TryRead(payload, out var stamp)) return;
        var receiver = line.Index;
        Ledger.Got(receiver, stamp);
        if ((uint)stamp.Sender < (uint)_sentAt.Length && _sentAt[stamp.Sender] is { } times) Latency.Add((now - times[stamp.Number % Remembered]) * (1_000_000_000 / Stopwatch.Frequency));
        Received?.Invoke(receiver, stamp);
    }

    private byte[] Request(int room) => Encoding.ASCII.GetBytes(
        $"GET /room/{_name}-{room} HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n{(_speaks.HasFlag(Abilities.Envelopes) ? "Sec-WebSocket-Protocol: signaling.v1\r\n" : "")}\r\n");
}
