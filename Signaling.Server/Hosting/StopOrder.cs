using System.Runtime.InteropServices;

namespace Signaling.Server.Hosting;

/// <summary>
/// The order to stop, as the person gives it who runs the server: Ctrl-C or SIGTERM. The host obeys the first; the
/// second means that nothing is worth waiting for any more.
/// </summary>
internal sealed class StopOrder : IHostedService, IDisposable
{
    // Two for those who do not answer their Close, and one for what Kestrel still does.
    private static readonly TimeSpan LastSeconds = TimeSpan.FromSeconds(3);

    // Never disposed: a signal may come while everything else is.
    private readonly CancellationTokenSource _repeated = new();
    private readonly CancellationTokenSource _impatient = new();
    private PosixSignalRegistration[] _signals = [];
    private int _times;

    /// <summary>It was given a second time.</summary>
    public CancellationToken Repeated => _repeated.Token;

    /// <summary>Whatever still goes on is to be cut off.</summary>
    public CancellationToken Impatient => _impatient.Token;

    /// <summary>Somebody gives the order.</summary>
    public void Give()
    {
        if (Interlocked.Increment(ref _times) < 2) return;
        _repeated.Cancel();
        Finish();
    }

    /// <summary>All that could be waited for has happened: the rest has three seconds.</summary>
    public void Finish()
    {
        if (!_impatient.IsCancellationRequested) _impatient.CancelAfter(LastSeconds);
    }

    public Task StartAsync(CancellationToken cancellationToken)
    {
        // Those that the host takes as the order, too.
        _signals = [.. new[] { PosixSignal.SIGTERM, PosixSignal.SIGINT, PosixSignal.SIGQUIT }.Select(signal => PosixSignalRegistration.Create(signal, _ => Give()))];
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose()
    {
        foreach (var signal in _signals) signal.Dispose();
    }
}
