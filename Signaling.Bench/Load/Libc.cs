using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Signaling.Bench.Load;

/// <summary>The few system calls that the load is made of. Those that can fail in the usual course return a negative errno.</summary>
internal static unsafe partial class Libc
{
    public const int Readable = 1, Writable = 4;
    public const uint Broken = 8 | 16;
    public const int Again = -11, InProgress = -115, Interrupted = -4;

    private const int Add = 1, Modify = 3;
    private const int NoSignal = 0x4000, DontWait = 0x40;

    // The kernel packs epoll_event on x86-64 only: there it has 12 bytes, elsewhere 16.
    private static readonly bool IsPacked = RuntimeInformation.ProcessArchitecture == Architecture.X64;
    public static readonly int EventSize = IsPacked ? 12 : 16;
    private static readonly int DataAt = IsPacked ? 4 : 8;

    public static uint EventBits(byte* one) => *(uint*)one;

    public static int EventData(byte* one) => (int)Unsafe.ReadUnaligned<ulong>(one + DataAt);

    public static int EpollCreate() => Checked(epoll_create1(0x80000));

    public static void Watch(int epoll, int descriptor, int bits, int data, bool again = false)
    {
        var one = stackalloc byte[16];
        *(uint*)one = (uint)bits;
        Unsafe.WriteUnaligned(one + DataAt, (ulong)data);
        Checked(epoll_ctl(epoll, again ? Modify : Add, descriptor, one));
    }

    public static int EpollWait(int epoll, byte* events, int count, int milliseconds) => Result(epoll_wait(epoll, events, count, milliseconds));

    /// <summary>A socket that begins to connect to a port of this machine, from one of its loopback addresses.</summary>
    /// <param name="source">The last byte of that address: 28,000 ports are free on each.</param>
    public static int Connect(int port, byte source)
    {
        var descriptor = Checked(socket(2, 0x80801, 0)); // AF_INET; SOCK_STREAM, not blocking, closed on exec
        var one = 1;
        _ = setsockopt(descriptor, 6, 1, &one, 4); // TCP_NODELAY
        _ = setsockopt(descriptor, 0, 24, &one, 4); // IP_BIND_ADDRESS_NO_PORT
        var address = stackalloc byte[16];
        Loopback(address, 0, source);
        Checked(bind(descriptor, address, 16));
        Loopback(address, port, 1);
        var result = Result(connect(descriptor, address, 16));
        if (result is not (0 or InProgress)) Throw(result);
        return descriptor;
    }

    public static int Send(int descriptor, ReadOnlySpan<byte> bytes)
    {
        fixed (byte* first = bytes) return Result(send(descriptor, first, bytes.Length, NoSignal | DontWait));
    }

    public static int Receive(int descriptor, Span<byte> bytes)
    {
        fixed (byte* first = bytes) return Result(recv(descriptor, first, bytes.Length, DontWait));
    }

    public static void Close(int descriptor) => _ = close(descriptor);

    /// <summary>A descriptor that becomes readable at each interval.</summary>
    public static int Timer(TimeSpan interval)
    {
        var descriptor = Checked(timerfd_create(1, 0x80800));
        var (seconds, nanoseconds) = (interval.Ticks / TimeSpan.TicksPerSecond, interval.Ticks % TimeSpan.TicksPerSecond * 100);
        var every = stackalloc long[] { seconds, nanoseconds, seconds, nanoseconds };
        Checked(timerfd_settime(descriptor, 0, every, null));
        return descriptor;
    }

    /// <summary>How many intervals have passed since it was asked last.</summary>
    public static long Ticks(int timer)
    {
        long ticks;
        return read(timer, (byte*)&ticks, 8) == 8 ? ticks : 0;
    }

    /// <summary>Nanoseconds of CPU that a process has used, in all of its threads.</summary>
    public static long CpuOf(int process)
    {
        var time = stackalloc long[2];
        Checked(clock_gettime((~process << 3) | 2, time)); // the kernel's MAKE_PROCESS_CPUCLOCK(pid, CPUCLOCK_SCHED)
        return time[0] * 1_000_000_000 + time[1];
    }

    /// <summary>SIGTERM.</summary>
    public static void Terminate(int process) => _ = kill(process, 15);

    /// <summary>Keeps a thread on some CPUs; 0 is the one that calls. A process that it starts inherits them.</summary>
    public static void Pin(int thread, ulong cpus) => _ = sched_setaffinity(thread, 8, &cpus);

    // sockaddr_in: the family, then port and address in network order
    private static void Loopback(byte* address, int port, byte last)
    {
        *(ushort*)address = 2;
        (address[2], address[3]) = ((byte)(port >> 8), (byte)port);
        (address[4], address[5], address[6], address[7]) = (127, 0, 0, last);
    }

    private static int Result(nint result) => result >= 0 ? (int)result : -Marshal.GetLastPInvokeError();

    private static int Checked(int result) => result >= 0 ? result : Throw(-Marshal.GetLastPInvokeError());

    private static int Throw(int error) => throw new IOException(Marshal.GetPInvokeErrorMessage(-error));

    [LibraryImport("libc", SetLastError = true)] private static partial int epoll_create1(int flags);
    [LibraryImport("libc", SetLastError = true)] private static partial int epoll_ctl(int epoll, int operation, int descriptor, byte* one);
    [LibraryImport("libc", SetLastError = true)] private static partial int epoll_wait(int epoll, byte* events, int count, int milliseconds);
    [LibraryImport("libc", SetLastError = true)] private static partial int socket(int family, int type, int protocol);
    [LibraryImport("libc", SetLastError = true)] private static partial int bind(int descriptor, byte* address, int length);
    [LibraryImport("libc", SetLastError = true)] private static partial int connect(int descriptor, byte* address, int length);
    [LibraryImport("libc", SetLastError = true), SuppressGCTransition] private static partial nint send(int descriptor, byte* bytes, nint length, int flags);
    [LibraryImport("libc", SetLastError = true), SuppressGCTransition] private static partial nint recv(int descriptor, byte* bytes, nint length, int flags);
    [LibraryImport("libc", SetLastError = true)] private static partial nint read(int descriptor, byte* bytes, nint length);
    [LibraryImport("libc")] private static partial int close(int descriptor);
    [LibraryImport("libc")] private static partial int setsockopt(int descriptor, int level, int name, int* value, int length);
    [LibraryImport("libc", SetLastError = true)] private static partial int timerfd_create(int clock, int flags);
    [LibraryImport("libc", SetLastError = true)] private static partial int timerfd_settime(int descriptor, int flags, long* value, long* old);
    [LibraryImport("libc", SetLastError = true)] private static partial int clock_gettime(int clock, long* time);
    [LibraryImport("libc")] private static partial int kill(int process, int signal);
    [LibraryImport("libc")] private static partial int sched_setaffinity(int thread, nint length, ulong* cpus);
}
