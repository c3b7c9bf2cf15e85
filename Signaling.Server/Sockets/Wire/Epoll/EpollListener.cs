using System.Net;
using System.Net.Sockets;
using System.Threading.Channels;
using Microsoft.AspNetCore.Connections;

namespace Signaling.Server.Sockets.Wire.Epoll;

/// <summary>Accepts connections, spreads them over the loops, and gives them to Kestrel.</summary>
internal sealed class EpollListener : IConnectionListener, IWatched
{
    // The others want their turn, too.
    private const int AcceptsPerTurn = 64;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private readonly Socket _socket; // kept: a collected one would close the descriptor
    private readonly int _fd;
    private readonly Loops _loops;
    private readonly Loop _loop;
    private readonly ILogger _log;
    private readonly Timer _again;
    // Kestrel's accepting goes on here, on the loop: it does no more than to give the connection to the thread pool.
    private readonly Channel<EpollConnection> _accepted = Channel.CreateUnbounded<EpollConnection>(new() { SingleReader = true, SingleWriter = true, AllowSynchronousContinuations = true });
    private readonly TaskCompletionSource _unbound = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private ulong _registration;
    private EpollEvents _interest;

    public EpollListener(Socket socket, Loops loops, ILogger log)
    {
        (_socket, _fd, _loops, _loop, _log) = (socket, (int)socket.Handle, loops, loops.Next(), log);
        EndPoint = socket.LocalEndPoint!;
        // A connection that has sent its request is dealt with in one go.
        if (EndPoint is IPEndPoint) Libc.DeferAccept(_fd);
        _again = new Timer(static listener => ((EpollListener)listener!).Continue(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _loop.Post(static listener => ((EpollListener)listener).Begin(), this);
    }

    public EndPoint EndPoint { get; }

    // An address of all interfaces says nothing about the one that a connection came by.
    private bool IsAnyAddress => EndPoint is IPEndPoint { Address: var address } && (address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any));

    public void Ready(EpollEvents events)
    {
        Span<byte> address = stackalloc byte[SocketAddressBytes.Max];
        for (var i = 0; i < AcceptsPerTurn && _interest != EpollEvents.None; i++)
        {
            address.Clear();
            var fd = Libc.Accept(_fd, address);
            if (fd >= 0) Accepted(fd, address);
            else if (fd == -Libc.Again) return;
            // The one who wanted to connect waits on, and would wake this loop all the time.
            else if (fd is -Libc.TooManyOpen or -Libc.TableFull or -Libc.NoBuffers or -Libc.NoMemory) Rest(-fd);
        }
    }

    public async ValueTask<ConnectionContext?> AcceptAsync(CancellationToken cancellationToken = default) =>
        await _accepted.Reader.WaitToReadAsync(cancellationToken) && _accepted.Reader.TryRead(out var connection) ? connection : null;

    public ValueTask UnbindAsync(CancellationToken cancellationToken = default)
    {
        _loop.Post(static listener => ((EpollListener)listener).Stop(), this);
        return new(_unbound.Task);
    }

    public async ValueTask DisposeAsync()
    {
        await UnbindAsync();
        while (_accepted.Reader.TryRead(out var nobodys))
        {
            nobodys.Abort();
            await nobodys.DisposeAsync();
        }
    }

    public void Stop()
    {
        if (!_unbound.TrySetResult()) return;
        Want(EpollEvents.None);
        _loop.Forget(_registration);
        _socket.Dispose();
        _again.Dispose();
        _accepted.Writer.Complete();
    }

    private void Begin()
    {
        _registration = _loop.Know(_fd, this);
        Want(EpollEvents.In);
    }

    private void Accepted(int fd, ReadOnlySpan<byte> address)
    {
        var remote = SocketAddressBytes.Read(address);
        if (remote is not null) Libc.SetNoDelay(fd);
        var local = IsAnyAddress ? Libc.LocalAddress(fd) : EndPoint;
        var connection = new EpollConnection(_loops.Next(), fd, local, remote);
        connection.Begin();
        _accepted.Writer.TryWrite(connection);
    }

    private void Rest(int error)
    {
        _log.CannotAccept(error);
        Want(EpollEvents.None);
        _again.Change(Pause, Timeout.InfiniteTimeSpan);
    }

    private void Continue() => _loop.Post(static listener => ((EpollListener)listener).Want(EpollEvents.In), this);

    private void Want(EpollEvents events)
    {
        if (_unbound.Task.IsCompleted && events != EpollEvents.None) return;
        _loop.Watch(_registration, _interest, events);
        _interest = events;
    }
}
