using System.Buffers;
using System.IO.Pipelines;
using System.Net;
using Microsoft.AspNetCore.Connections;

namespace Signaling.Server.Sockets.Wire.Epoll;

/// <summary>
/// A connection as long as Kestrel has it. When Kestrel has written its last byte, the descriptor goes to the heir, if there
/// is one; otherwise it is closed. Whatever the descriptor's owner is to be, is decided under the gate. What wants TLS, or
/// the stream, stays with Kestrel to its end.
/// </summary>
internal sealed partial class EpollConnection : KestrelConnection, IWatched
{
    private static readonly PipeOptions OutputOptions = new(MemoryPool<byte>.Shared, PipeScheduler.Inline, PipeScheduler.ThreadPool, 64 * 1024, 32 * 1024, 64 * 1024, useSynchronizationContext: false);

    private readonly Lock _gate = new();
    private readonly ReaderScheduler _reader;
    private readonly Pipe _input;
    private readonly Pipe _output = new(OutputOptions);
    private readonly DuplexPipe _own;
    private readonly Loop _loop;
    private readonly int _fd;
    private Task _sending = Task.CompletedTask;
    private ulong _registration;
    private EpollEvents _interest;
    private State _state;
    private bool _inputEnded;
    private bool _outputEnded;
    private bool _paused;
    private TaskCompletionSource? _writable;
    private ConnectionAbortedException? _aborted;
    private IHeir? _heir;
    private byte[] _early = [];

    public EpollConnection(Loop loop, int fd, EndPoint? local, EndPoint? remote)
        : base(loop.Log)
    {
        (_loop, _fd, LocalEndPoint, RemoteEndPoint) = (loop, fd, local, remote);
        _reader = new ReaderScheduler(loop);
        _input = new(new(MemoryPool<byte>.Shared, _reader, PipeScheduler.Inline, 64 * 1024, 32 * 1024, useSynchronizationContext: false));
        Transport = _own = new DuplexPipe(_input.Reader, _output.Writer);
        Features.Set(this);
    }

    private enum State
    {
        Kestrels,
        Leaving,
        Left,
        Closed,
    }

    public override IDuplexPipe Transport { get; set; }

    /// <summary>Nothing stands between this transport and the request: no TLS, no middleware that looks at the bytes.</summary>
    public bool CanLeave => _state == State.Kestrels && ReferenceEquals(Transport, _own);

    /// <summary>Stays with Kestrel, but a session's stream reads it, on the loop's thread.</summary>
    public bool IsSessions
    {
        get => _reader.OnLoop;
        set => _reader.OnLoop = value;
    }

    /// <summary>From any thread, before Kestrel has it.</summary>
    public void Begin()
    {
        _sending = SendAsync();
        if (_loop.IsCurrent) Watch();
        else _loop.Post(static connection => ((EpollConnection)connection).Watch(), this);
    }

    /// <summary>
    /// Leaves Kestrel when it has written its last byte. To be called after the upgrade was answered, and before the request
    /// ends: what comes in after this stays in the kernel.
    /// </summary>
    /// <returns>False when the connection has ended: Kestrel closes it as any other.</returns>
    public bool LeaveTo(IHeir heir)
    {
        lock (_gate)
        {
            if (!CanLeave || _outputEnded || _aborted is not null) return false;
            try
            {
                // Kestrel is not reading: nobody has touched the upgraded stream. Throws what the client's end was, if it has ended.
                if (_input.Reader.TryRead(out var read))
                {
                    _early = read.Buffer.ToArray();
                    _input.Reader.AdvanceTo(read.Buffer.End);
                }
            }
            catch (Exception gone) when (gone is IOException or ConnectionAbortedException)
            {
                return false;
            }
            (_heir, _state) = (heir, State.Leaving);
            Want(_interest & EpollEvents.Out);
            return true;
        }
    }

    public void Ready(EpollEvents events)
    {
        lock (_gate)
        {
            if (_state >= State.Left) return;
            if (_writable is { } writable && (events & ~EpollEvents.In) != 0)
            {
                _writable = null;
                Want(_interest & ~EpollEvents.Out);
                writable.TrySetResult();
            }
            if ((events & ~EpollEvents.Out) == 0) return;
            if (_state == State.Kestrels && !_inputEnded && !_paused) Receive();
            // Errors cannot be masked, and nobody is interested.
            else if ((events & (EpollEvents.Error | EpollEvents.Hangup)) != 0) Want(EpollEvents.None);
        }
    }

    public void Stop() => Abort();

    /// <param name="abortReason">Kestrel gives none when the client is gone.</param>
    public override void Abort(ConnectionAbortedException? abortReason)
    {
        TaskCompletionSource? writable;
        var aborted = abortReason ?? new ConnectionAbortedException();
        lock (_gate)
        {
            if (_state >= State.Left || _aborted is not null) return;
            _aborted = aborted;
            // Its number stays taken: the sending side may be using it.
            Libc.Shutdown(_fd);
            (writable, _writable) = (_writable, null);
        }
        _output.Reader.CancelPendingRead();
        writable?.TrySetException(aborted);
    }

    public override async ValueTask DisposeAsync()
    {
        _own.Input.Complete();
        _own.Output.Complete();
        await _sending;
        var close = false;
        lock (_gate)
        {
            if (_state != State.Left)
            {
                Want(EpollEvents.None);
                (_state, close) = (State.Closed, true);
            }
            if (!_inputEnded) _input.Writer.Complete();
            _inputEnded = true;
        }
        if (close) _loop.Post(static connection => ((EpollConnection)connection).Close(), this);
        await base.DisposeAsync();
    }

    // On the loop's thread, as everything from here to Watch.
    private void Watch()
    {
        lock (_gate)
        {
            if (_state >= State.Left) return;
            _registration = _loop.Know(_fd, this);
            if (_state == State.Kestrels) Want(EpollEvents.In | (_writable is null ? EpollEvents.None : EpollEvents.Out));
            // Whoever was accepted has said something already.
            if (_state == State.Kestrels && !_inputEnded) Receive();
        }
    }

    private void Want(EpollEvents events)
    {
        // Not watched yet: Watch asks for what is wanted then.
        if (_registration == 0 || _state >= State.Left) return;
        _loop.Watch(_registration, _interest, events);
        _interest = events;
    }

    private void Close()
    {
        _loop.Forget(_registration);
        Libc.Close(_fd);
    }

    // Nobody writes to it any more: the one moment at which the descriptor can change hands.
    private void Written(Exception? error)
    {
        IHeir? lost = null;
        lock (_gate)
        {
            _outputEnded = true;
            if (_state == State.Leaving && error is null && _aborted is null)
            {
                Want(EpollEvents.None);
                _state = State.Left;
            }
            else
            {
                (lost, _heir) = (_heir, null);
                // Wakes the receiving side, too.
                Libc.Shutdown(_fd);
            }
        }
        if (_state == State.Left) _loop.Post(static connection => ((EpollConnection)connection).HandOver(), this);
        lost?.Lost();
    }

    // On the old loop: no event that it has fetched can find the old owner any more.
    private void HandOver()
    {
        _loop.Forget(_registration);
        var heir = _heir!;
        if (heir.Loop == _loop) GiveTo(heir);
        else heir.Loop.Post(static connection => ((EpollConnection)connection).GiveTo(((EpollConnection)connection)._heir!), this);
    }

    private void GiveTo(IHeir heir)
    {
        var early = _early;
        (_heir, _early) = (null, []);
        heir.Taken(_fd, early);
    }
}
