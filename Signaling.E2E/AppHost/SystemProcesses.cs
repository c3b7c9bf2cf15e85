using System.ComponentModel;
using System.Runtime.InteropServices;

namespace Signaling.E2E.AppHost;

/// <summary>All processes that carry a mark in their environment: whoever inherits it is found, orphans and new sessions too. (Linux)</summary>
internal sealed record SystemProcesses(string Mark)
{
    public const string Variable = "APPHOST_TEST_RUN";

    private const int PidfdOpen = 434; // on every processor
    private const int NoSuchProcess = 3;
    private const int Interrupted = 4;
    private const short Readable = 1;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    public IReadOnlyList<int> Ids()
    {
        var wanted = $"{Variable}={Mark}";
        return [.. Directory.EnumerateDirectories("/proc")
            .Select(Path.GetFileName)
            .Where(name => int.TryParse(name, out _) && Read(name!, "environ").Split('\0').Contains(wanted))
            .Select(name => int.Parse(name!, System.Globalization.CultureInfo.InvariantCulture))];
    }

    /// <summary>The AppHost itself: the only one that runs its program under its own name and keeps nobody.</summary>
    public int AppHost() => Ids().Single(id => Path.GetFileName(CommandLine(id).Split(' ')[0]) == "Signaling.AppHost");

    public async Task AreGoneAsync()
    {
        var until = DateTime.UtcNow + Patience;
        while (Ids() is { Count: > 0 } left)
            Assert.True(await Task.Run(() => Ends(left[0], until)), "still there: " + string.Join("; ", left.Select(CommandLine)));
    }

    // Waits for a process that is nobody's child here: pidfd_open(2), whose descriptor is readable when it has ended.
    private static bool Ends(int id, DateTime until)
    {
        var fd = (int)syscall(PidfdOpen, id, 0);
        if (fd < 0) return Marshal.GetLastPInvokeError() == NoSuchProcess ? true : throw new Win32Exception();
        try
        {
            var one = new Poll { Descriptor = fd, Events = Readable };
            while (true)
            {
                var ready = poll(ref one, 1, (int)Math.Max(0, (until - DateTime.UtcNow).TotalMilliseconds));
                if (ready >= 0) return ready > 0;
                if (Marshal.GetLastPInvokeError() != Interrupted) throw new Win32Exception();
            }
        }
        finally
        {
            _ = close(fd);
        }
    }

    private static string CommandLine(int id) => Read($"{id}", "cmdline").Replace('\0', ' ');

    private static string Read(string process, string file)
    {
        try
        {
            return File.ReadAllText($"/proc/{process}/{file}");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }

#pragma warning disable IDE1006, CA5392, SYSLIB1054 // Names as in the manual; libc is found as the runtime finds it; generated stubs would need unsafe code.
    [DllImport("libc", SetLastError = true)]
    private static extern nint syscall(nint number, nint first, nint second);

    [DllImport("libc", SetLastError = true)]
    private static extern int poll(ref Poll one, nuint count, int milliseconds);

    [DllImport("libc")]
    private static extern int close(int fd);
#pragma warning restore IDE1006, CA5392, SYSLIB1054

    [StructLayout(LayoutKind.Sequential)]
    private struct Poll
    {
        public int Descriptor;
        public short Events;
        public short Happened;
    }
}
