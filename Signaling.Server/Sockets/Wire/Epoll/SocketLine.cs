using System.Diagnostics;
using Signaling.Server.Relay;

namespace Signaling.Server.Sockets.Wire.Epoll;

/// <summary>
/// A line over a descriptor that Kestrel has handed over: one loop reads it, writes it and closes it, and nobody else ever
/// touches the number. What other threads want of it is done by the loop.
/// </summary>
internal sealed class SocketLine(EpollConnection connection, Loop loop, HttpContext context, ILogger log) : ILine, IWatched, IHeir, ISender
{
    private EpollConnection? _before = connection;
    private HttpContext? _context = context;
    private Visit? _visit;
    private volatile bool _taken;
    private int _fd = -1;
    private ulong _registration;
    private EpollEvents _interest;
    private Frame[]? _rest;
    private int _restAt;
    private int _restOffset;
    private bool _cut;
    private bool _queued;
    private bool _left;
    private bool _deaf;
    private bool _saidAll;
    private bool _over;

    public Loop Loop => loop;

    private Session Session => _visit!.Session;

    public void Wake() => Ended();

    public void Ended()
    {
        // Whoever takes it looks at the outbox.
        if (!_taken) return;
        if (loop.IsCurrent) Queue();
        else loop.Post(static line => ((SocketLine)line).Queue(), this);
    }

    public void Abort()
    {
        _before?.Abort();
        loop.Post(static line => ((SocketLine)line).Cut(), this);
    }

    public async Task<bool> CarryAsync(string? subprotocol, Visit visit)
    {
        _visit = visit;
        var before = _before!;
        await Handshake.AcceptAsync(_context!, subprotocol);
        _context = null;
        return before.LeaveTo(this);
    }

    public void Taken(int fd, Memory<byte> early)
    {
        _before = null;
        _fd = fd;
        _registration = loop.Know(fd, this);
        _taken = true;
        if (_cut || Want(EpollEvents.In) < 0) Finish();
        else
        {
            if (early.Length > 0) Hear(early.Span);
            Queue();
        }
    }

    public void Lost() => EndVisit();

    public void Ready(EpollEvents events)
    {
        if (_rest is not null && (events & ~EpollEvents.In) != 0) SendNow();
        if (_over || (events & ~EpollEvents.Out) == 0) return;
        if (!_deaf) Receive();
        // Nobody reads, and nobody will write: both directions are at their end.
        else if ((events & (EpollEvents.Error | EpollEvents.Hangup)) != 0) Finish();
    }

    public void Stop() => Finish();

    /// <summary>Sends whatever waits, as far as the kernel takes it; for the loop.</summary>
    public void SendNow()
    {
        _queued = false;
        if (_over) return;
        try
        {
            if (!_left && Session.Outbox.Ending is not null)
            {
                _left = true;
                Session.Leave();
            }
            if (!SendRest() || !SendOutbox())
            {
                if (!_over) Want(_deaf ? EpollEvents.Out : EpollEvents.In | EpollEvents.Out);
                return;
            }
            if (_saidAll && _deaf) Finish();
            else Want(_deaf ? EpollEvents.None : EpollEvents.In);
        }
        catch (Exception surprise)
        {
            Fail(surprise);
        }
    }

    private void Queue()
    {
        if (_queued || _over) return;
        _queued = true;
        loop.Sends(this);
    }

    private void Cut()
    {
        _cut = true;
        if (_taken) Finish();
    }

    private void Receive()
    {
        var count = Libc.Receive(_fd, loop.ReadBuffer);
        if (count > 0) Hear(loop.ReadBuffer.AsSpan(0, count));
        else if (count == 0) Deafen();
        else if (count is not (-Libc.Again or -Libc.Interrupted)) Finish();
    }

    private void Hear(Span<byte> bytes)
    {
        try
        {
            loop.Heard(bytes.Length, Session.Received(bytes));
            if (Session.HeardClose) Deafen();
        }
        catch (Exception surprise)
        {
            Fail(surprise);
        }
    }

    // The client says nothing more. What waits for it may still go out.
    private void Deafen()
    {
        _deaf = true;
        Session.Outbox.Close(CloseReason.Lost);
        Queue();
    }

    private bool SendRest()
    {
        if (_rest is null) return true;
        var gathering = loop.Gathering;
        gathering.Frames.AddRange(_rest.AsSpan(_restAt));
        return Send(_restOffset);
    }

    private bool SendOutbox()
    {
        while (true)
        {
            // Looked at before the outbox: what was posted before the end was decided still goes out.
            var ending = Session.Outbox.Ending;
            var frames = loop.Gathering.Frames;
            if (!Session.Outbox.Take(frames))
            {
                if (ending is null || _saidAll) return true;
                _saidAll = true;
                if (ending.Code == CloseReason.Lost.Code) return true;
                frames.Add(FrameEncoder.Close(ending));
            }
            if (!Send(0)) return false;
        }
    }

    // All of the gathered frames, or as much as the kernel takes: the rest is kept, and still counts as under way.
    private bool Send(int offset)
    {
        var gathering = loop.Gathering;
        var at = 0;
        try
        {
            while (at < gathering.Frames.Count)
            {
                var sent = Libc.Send(_fd, gathering.Next(at, offset));
                if (sent == -Libc.Interrupted) continue;
                if (sent == -Libc.Again)
                {
                    (_rest, _restAt, _restOffset) = ([.. gathering.Frames], at, offset);
                    return false;
                }
                if (sent < 0)
                {
                    Finish();
                    return false;
                }
                offset += sent;
                while (at < gathering.Frames.Count && offset >= gathering.Frames[at].Length) offset -= gathering.Frames[at++].Length;
            }
            _rest = null;
            return true;
        }
        finally
        {
            gathering.Frames.Clear();
        }
    }

    private int Want(EpollEvents events)
    {
        if (_interest == events) return 0;
        var result = loop.Watch(_registration, _interest, events);
        _interest = events;
        return result;
    }

    private void Fail(Exception surprise)
    {
        log.SessionFailed(surprise);
        Finish();
    }

    // The one place where the descriptor is closed.
    private void Finish()
    {
        if (_over) return;
        _over = true;
        Session.Outbox.Close(CloseReason.Lost);
        loop.Forget(_registration);
        Libc.Close(_fd);
        (_fd, _rest) = (-1, null);
        EndVisit();
    }

    private void EndVisit()
    {
        try
        {
            _visit!.End();
        }
        catch (Exception surprise)
        {
            log.SessionFailed(surprise);
        }
        // The session's span was begun by the request, whose own would be left here.
        if (Activity.Current is not null) Activity.Current = null;
    }
}
