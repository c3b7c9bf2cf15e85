using System.Runtime.InteropServices;

namespace Signaling.Server.Sockets.Wire.Epoll;

/// <summary>The kernel's <c>struct epoll_event</c>: packed on x86-64, and nowhere else.</summary>
internal static class EpollEvent
{
    public const int MaxBytes = 16;

    private static readonly bool Packed = IsPacked(RuntimeInformation.ProcessArchitecture);
    private static readonly int DataAt = Packed ? 4 : 8;

    /// <summary>Bytes of one in an array of them.</summary>
    public static readonly int Bytes = DataAt + sizeof(ulong);

    internal static bool IsPacked(Architecture architecture) => architecture is Architecture.X64 or Architecture.X86;

    public static void Write(Span<byte> to, EpollEvents events, ulong data)
    {
        MemoryMarshal.Write(to, (uint)events);
        MemoryMarshal.Write(to[DataAt..], data);
    }

    public static (EpollEvents Events, ulong Data) Read(ReadOnlySpan<byte> from) =>
        ((EpollEvents)MemoryMarshal.Read<uint>(from), MemoryMarshal.Read<ulong>(from[DataAt..]));
}
