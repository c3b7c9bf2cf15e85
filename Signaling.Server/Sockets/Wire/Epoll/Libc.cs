using System.Net;
using System.Runtime.InteropServices;

namespace Signaling.Server.Sockets.Wire.Epoll;

/// <summary>The system calls of this folder: the only native code of the server. Each returns the negative error number when it fails.</summary>
internal static class Libc
{
    public const int Again = 11;
    public const int Interrupted = 4;
    public const int NoMemory = 12;
    public const int TableFull = 23;
    public const int TooManyOpen = 24;
    public const int NoBuffers = 105;

    private const int CloseOnExec = 0x80000;
    private const int NonBlocking = 0x800;
    private const int NoSignal = 0x4000;
    private const int DontWait = 0x40;
    private const int LevelTcp = 6;
    private const int TcpNoDelay = 1;
    private const int TcpDeferAccept = 9;

    public static int EpollCreate() => Result(epoll_create1(CloseOnExec));

    public static int EventCreate() => Result(eventfd(0, CloseOnExec | NonBlocking));

    public static int EpollControl(int epoll, int operation, int fd, EpollEvents events, ulong data)
    {
        Span<byte> one = stackalloc byte[EpollEvent.MaxBytes];
        EpollEvent.Write(one, events, data);
        return Result(epoll_ctl(epoll, operation, fd, ref one[0]));
    }

    /// <summary>Events that there are; or waits for some, for ever.</summary>
    public static int EpollWait(int epoll, Span<byte> events, bool wait) =>
        Result(epoll_wait(epoll, ref events[0], events.Length / EpollEvent.Bytes, wait ? -1 : 0));

    /// <summary>Sends what the kernel takes at once.</summary>
    public static int Send(int fd, ReadOnlySpan<byte> bytes) =>
        Result(send(fd, in MemoryMarshal.GetReference(bytes), bytes.Length, NoSignal | DontWait));

    /// <summary>Receives what is there; 0 at the end of the stream.</summary>
    public static int Receive(int fd, Span<byte> bytes) =>
        Result(recv(fd, ref MemoryMarshal.GetReference(bytes), bytes.Length, DontWait));

    /// <summary>Adds 1 to an eventfd, whose loop wakes up.</summary>
    public static void Signal(int fd)
    {
        Span<byte> one = stackalloc byte[8];
        MemoryMarshal.Write(one, 1UL);
        _ = write(fd, in one[0], one.Length);
    }

    /// <summary>Sets an eventfd back to 0.</summary>
    public static void Clear(int fd)
    {
        Span<byte> count = stackalloc byte[8];
        _ = read(fd, ref count[0], count.Length);
    }

    public static int Accept(int fd, Span<byte> address)
    {
        var length = address.Length;
        return Result(accept4(fd, ref address[0], ref length, CloseOnExec | NonBlocking));
    }

    /// <summary>The address of this end of a connection.</summary>
    public static IPEndPoint? LocalAddress(int fd)
    {
        Span<byte> address = stackalloc byte[SocketAddressBytes.Max];
        var length = address.Length;
        return getsockname(fd, ref address[0], ref length) < 0 ? null : SocketAddressBytes.Read(address);
    }

    public static void SetNoDelay(int fd) => _ = setsockopt(fd, LevelTcp, TcpNoDelay, 1, sizeof(int));

    /// <summary>Connections are reported when they have said something, or after a second.</summary>
    public static void DeferAccept(int fd) => _ = setsockopt(fd, LevelTcp, TcpDeferAccept, 1, sizeof(int));

    /// <summary>Ends both directions; the number stays taken until <see cref="Close"/>.</summary>
    public static void Shutdown(int fd) => _ = shutdown(fd, 2);

    public static void Close(int fd) => _ = close(fd);

    private static int Result(nint result) => result >= 0 ? (int)result : -Marshal.GetLastPInvokeError();

#pragma warning disable IDE1006, CA5392, SYSLIB1054 // Names as in the manual; libc is found as the runtime finds it; generated stubs would need unsafe code.
    [DllImport("libc", SetLastError = true)]
    private static extern int epoll_create1(int flags);

    [DllImport("libc", SetLastError = true)]
    private static extern int eventfd(uint value, int flags);

    [DllImport("libc", SetLastError = true)]
    private static extern int epoll_ctl(int epoll, int operation, int fd, ref byte one);

    [DllImport("libc", SetLastError = true)]
    private static extern int epoll_wait(int epoll, ref byte events, int count, int milliseconds);

    [DllImport("libc", SetLastError = true)]
    private static extern nint send(int fd, in byte bytes, nint count, int flags);

    [DllImport("libc", SetLastError = true)]
    private static extern nint recv(int fd, ref byte bytes, nint count, int flags);

    [DllImport("libc")]
    private static extern nint write(int fd, in byte bytes, nint count);

    [DllImport("libc")]
    private static extern nint read(int fd, ref byte bytes, nint count);

    [DllImport("libc", SetLastError = true)]
    private static extern int accept4(int fd, ref byte address, ref int length, int flags);

    [DllImport("libc")]
    private static extern int getsockname(int fd, ref byte address, ref int length);

    [DllImport("libc")]
    private static extern int setsockopt(int fd, int level, int name, in int value, int length);

    [DllImport("libc")]
    private static extern int shutdown(int fd, int how);

    [DllImport("libc")]
    private static extern int close(int fd);
#pragma warning restore IDE1006, CA5392, SYSLIB1054
}
