using System.Diagnostics;
using System.Runtime.InteropServices;
using Signaling.AppHost.Embedded.Processes;

namespace Signaling.AppHost.Embedded;

/// <summary>
/// Ctrl-C, SIGTERM, a closed terminal: the first asks for a clean stop. One that comes a second later or more is somebody who
/// does not want to wait; sooner it is the same wish told twice (a terminal tells the whole group, and `dotnet run` passes it on).
/// </summary>
internal sealed class StopSignals : IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly CancellationTokenSource _hurry = new();
    private readonly PosixSignalRegistration[] _registrations;
    private readonly Timer? _parentWatch;
    private long _first;

    public StopSignals()
    {
        PosixSignal[] signals = [PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP, PosixSignal.SIGQUIT];
        _registrations = [.. signals.Select(one => PosixSignalRegistration.Create(one, Received))];
        _parentWatch = WatchDotnetRun();
    }

    public CancellationToken Stop => _stop.Token;

    public CancellationToken Hurry => _hurry.Token;

    public void Dispose()
    {
        foreach (var registration in _registrations) registration.Dispose();
        _parentWatch?.Dispose();
        _stop.Dispose();
        _hurry.Dispose();
    }

    private void Received(PosixSignalContext context)
    {
        context.Cancel = true;
        var now = Stopwatch.GetTimestamp();
        var first = Interlocked.CompareExchange(ref _first, now, 0);
        if (first == 0) _stop.CancelAsync();
        else if (Stopwatch.GetElapsedTime(first, now) >= TimeSpan.FromSeconds(1)) _hurry.CancelAsync();
    }

    /// <summary>A `dotnet run` that is killed with SIGKILL cannot tell its AppHost; the AppHost sees that it has another parent.</summary>
    private Timer? WatchDotnetRun()
    {
        if (Posix.ParentId() is not { } parent || NameOf(parent) != "dotnet") return null;
        return new Timer(_ =>
        {
            if (Posix.ParentId() != parent) _stop.Cancel();
        }, null, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1));
    }

    private static string? NameOf(int id)
    {
        try
        {
            using var process = Process.GetProcessById(id);
            return process.ProcessName;
        }
        catch (ArgumentException)
        {
            return null;
        }
    }
}
