using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace Signaling.AppHost.Embedded.Processes;

/// <summary>
/// A process between the AppHost and each child, in a session of its own with the child and all that the child starts.
/// The pipe that is its standard input ends when the AppHost wants the child stopped, and also when the AppHost dies, however
/// it dies; then the keeper ends the child, first with SIGTERM, after <see cref="Grace"/> with SIGKILL to the whole group.
/// So no child needs to know of any of this, and a kill -9 of the AppHost leaves nothing behind.
/// </summary>
internal static class Keeper
{
    /// <summary>The first argument that makes this program a keeper; the command to keep follows.</summary>
    public const string Verb = "keep";

    /// <summary>A line that begins so is the keeper's own: the child's process id.</summary>
    public const char Mark = '\u001e';

    /// <summary>A relay that says goodbye to its peers needs up to 5 seconds.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromSeconds(6);

    public static int Run(string[] command)
    {
        Posix.NewSession();
        PosixSignal[] ignored = [PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP, PosixSignal.SIGQUIT];
        var registrations = ignored.Select(one => PosixSignalRegistration.Create(one, context => context.Cancel = true)).ToArray();

        Process child;
        try
        {
            // its standard input stays open and silent: Vite's server, for one, ends when it is closed
            child = Process.Start(new ProcessStartInfo(command[0], command[1..]) { RedirectStandardInput = true })!;
        }
        catch (Win32Exception error)
        {
            Console.Error.WriteLine($"{command[0]} could not be started: {error.Message}");
            return 127;
        }

        Console.Out.Write(string.Create(CultureInfo.InvariantCulture, $"{Mark}{child.Id}\n"));
        Console.Out.Flush();

        var exited = child.WaitForExitAsync();
        if (Task.WaitAny(exited, Task.Run(WaitForEndOfInput)) == 1) End(child);
        Posix.SignalGroup(Environment.ProcessId, Posix.Terminate);
        GC.KeepAlive(registrations);
        return child.ExitCode;
    }

    private static void End(Process child)
    {
        if (OperatingSystem.IsWindows())
        {
            child.Kill(entireProcessTree: true);
            child.WaitForExit();
            return;
        }

        Posix.SignalGroup(Environment.ProcessId, Posix.Terminate);
        child.WaitForExit(Grace);
        // all that the child started and left behind, and the keeper with it
        Posix.SignalGroup(Environment.ProcessId, Posix.Kill);
    }

    private static void WaitForEndOfInput()
    {
        using var input = Console.OpenStandardInput();
        while (input.ReadByte() >= 0) { }
    }
}
