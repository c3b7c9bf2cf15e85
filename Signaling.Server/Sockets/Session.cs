using System.Diagnostics;
using Signaling.Server.Access;
using Signaling.Server.Relay;

namespace Signaling.Server.Sockets;

/// <summary>
/// One WebSocket connection from accept to close, without its bytes' way in and out: that is the wire's.
/// The protocol hears one call at a time, whichever thread it comes from.
/// </summary>
internal sealed class Session : IWire
{
    private const int PingBurstSeconds = 10;
    private static readonly Frame PingFrame = FrameEncoder.Encode(Opcode.Ping, []);

    private readonly Lock _turn = new();
    private readonly IWire _wire;
    private readonly Action _abort;
    private readonly IProtocol _protocol;
    private readonly RelayTelemetry _telemetry;
    private readonly TimeProvider _time;
    private readonly Pass _pass;
    private readonly FrameReader _reader;
    private readonly MessageRate _pings;
    private readonly Peer _peer;
    private State _state = State.New;
    private Pulse _pulse;
    private long _closingAt = -1;

    public Session(IWire wire, Action abort, IProtocol protocol, LimitsOptions limits, RelayTelemetry telemetry, TimeProvider time, Pass pass)
    {
        _wire = wire;
        _abort = abort;
        _protocol = protocol;
        _telemetry = telemetry;
        _time = time;
        _pass = pass;
        _pulse = new Pulse(time.GetTimestamp());
        _reader = new FrameReader(limits.MaxMessageBytes);
        _pings = new MessageRate(limits.PingsPerSecond, limits.PingsPerSecond * PingBurstSeconds, time);
        Outbox = new Outbox(limits.OutboxBytes, this);
        _peer = new Peer(PeerId.New(pass.Sub), Outbox);
    }

    private enum State
    {
        New,
        Open,
        Left,
        Over,
    }

    public Outbox Outbox { get; }

    /// <summary>Who looks after it, and where it stands there; for the rota.</summary>
    public Rota? Rota { get; set; }

    public int Place { get; set; }

    /// <summary>The span of this session, if somebody traces it. Set before the first byte comes in.</summary>
    public Activity? Trace { get; set; }

    /// <summary>What the protocol threw, if it did: the connection has ended with <see cref="CloseReason.Failed"/>, and nothing else.</summary>
    public Exception? Failure { get; private set; }

    /// <summary>The client has said Close: nothing it sends after that counts.</summary>
    public bool HeardClose { get; private set; }

    public void Open()
    {
        lock (_turn)
        {
            if (_state != State.New || Outbox.Ending is not null) return;
            _state = State.Open;
            _protocol.Opened(_peer);
        }
    }

    /// <summary>Bytes came in; they are overwritten.</summary>
    /// <returns>How many messages they were.</returns>
    public int Received(Span<byte> bytes)
    {
        var messages = 0;
        _pulse.Hear(_time.GetTimestamp());
        lock (_turn)
        {
            while (!HeardClose && _reader.TryRead(ref bytes, out var message))
            {
                CloseOnError();
                messages++;
                try
                {
                    Handle(message);
                }
                catch (Exception surprise)
                {
                    Fail(surprise);
                }
            }
            CloseOnError();
        }
        return messages;
    }

    /// <summary>Takes the peer out, once. Called when the end is decided or the line is gone, whichever comes first.</summary>
    public void Leave()
    {
        lock (_turn)
        {
            var joined = _state == State.Open;
            _state = State.Left;
            _reader.Mute();
            if (joined) Guard(static session => session._protocol.Closed(session._peer, session.Outbox.Ending ?? CloseReason.Lost));
        }
    }

    /// <summary>The line is gone, and nobody will call this session again.</summary>
    public void End()
    {
        Leave();
        lock (_turn)
        {
            _state = State.Over;
            _reader.Release();
        }
    }

    /// <summary>The server will close this connection after so long. One that is not open yet is refused instead.</summary>
    public void GoAway(TimeSpan after)
    {
        lock (_turn)
        {
            if (_state == State.Open) Guard(session => session._protocol.GoingAway(session._peer, after));
            else Outbox.Close(CloseReason.Restart);
        }
    }

    /// <summary>Cuts the line, if it is still there: what is called after its request is over throws, and that on a timer's thread.</summary>
    public void Abort()
    {
        lock (_turn)
        {
            if (_state != State.Over) _abort();
        }
    }

    /// <summary>Looks whether the line is alive, and may be. By one caller at a time.</summary>
    /// <param name="now">The timestamp.</param>
    /// <param name="patience">How dead lines are found.</param>
    /// <param name="draining">A drain goes on: whom it has closed may go on taking what waits for it.</param>
    /// <returns>When to look again.</returns>
    public long Tick(long now, Patience patience, bool draining)
    {
        if (Outbox.Ending is { } ending)
        {
            if (_closingAt < 0) _closingAt = now;
            var taking = draining && ending == CloseReason.Restart && Outbox.Waiting > 0;
            if (!taking && now - _closingAt >= patience.Close) Abort();
            return now;
        }
        if (_pass.IsOver(_time)) Outbox.Close(CloseReason.TokenExpired);
        var (sign, next) = _pulse.Feel(now, patience);
        if (sign == Pulse.Sign.Silence) Outbox.Post(PingFrame);
        if (sign == Pulse.Sign.None)
        {
            Outbox.Close(CloseReason.Timeout);
            Abort();
        }
        // A token may be renewed by one that ends sooner.
        return _pass.Grant.Expires is null ? next : now;
    }

    void IWire.Wake() => _wire.Wake();

    void IWire.Ended()
    {
        Rota?.Hurry(this);
        _wire.Ended();
    }

    private void Guard(Action<Session> call)
    {
        try
        {
            call(this);
        }
        catch (Exception surprise)
        {
            Fail(surprise);
        }
    }

    // Whoever called may be a timer, another session or a loop: they all go on.
    private void Fail(Exception surprise)
    {
        Failure ??= surprise;
        Outbox.Close(CloseReason.Failed);
    }

    // What was wrong counts before what came behind it.
    private void CloseOnError()
    {
        if (_reader.Error is { } error) Outbox.Close(error);
    }

    private void Handle(Message message)
    {
        switch (message.Opcode)
        {
            // Once its end is decided it says nothing any more, although Leave is yet to come.
            case Opcode.Text or Opcode.Binary when _state == State.Open && Outbox.Ending is null:
                _telemetry.Received(message.Payload.Length);
                if (Trace is null) _protocol.Received(_peer, message);
                else Traced(message);
                break;
            case Opcode.Ping or Opcode.Pong when !_pings.Take(receivers: 0):
                Outbox.Close(CloseReason.TooManyPings);
                break;
            case Opcode.Ping:
                Outbox.Post(FrameEncoder.Encode(Opcode.Pong, message.Payload));
                break;
            case Opcode.Pong when _state == State.Open:
                _protocol.Ponged(_peer);
                break;
            case Opcode.Close:
                HeardClose = true;
                Outbox.Close(CloseAnswer.To(message.Payload));
                break;
        }
    }

    // The thread is the wire's, and may serve other sessions.
    private void Traced(Message message)
    {
        var before = Activity.Current;
        Activity.Current = Trace;
        try
        {
            _protocol.Received(_peer, message);
        }
        finally
        {
            Activity.Current = before;
        }
    }
}
