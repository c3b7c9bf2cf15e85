using System.Runtime.InteropServices;

namespace Signaling.AppHost.Embedded.Processes;

/// <summary>The few calls of the C library that .NET has no name for. Nothing happens on Windows.</summary>
internal static partial class Posix
{
    public const int Kill = 9;
    public const int Terminate = 15;

    /// <summary>Leaves the terminal's session: from here on its Ctrl-C and its closing do not reach this process or its children.</summary>
    public static void NewSession()
    {
        if (!OperatingSystem.IsWindows()) _ = setsid();
    }

    /// <summary>Signals every process of the group; a group that is gone is no error.</summary>
    public static void SignalGroup(int group, int signal)
    {
        if (!OperatingSystem.IsWindows()) _ = kill(-group, signal);
    }

    public static int? ParentId() => OperatingSystem.IsWindows() ? null : getppid();

    [LibraryImport("libc")]
    private static partial int setsid();

    [LibraryImport("libc")]
    private static partial int getppid();

    [LibraryImport("libc")]
    private static partial int kill(int process, int signal);
}
