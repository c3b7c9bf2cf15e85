using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Signaling.Server.Relay;

namespace Signaling.Server.Tests.Harness;

/// <summary>Watches the instruments of one relay, and lets a test wait for a value.</summary>
internal sealed class Instruments : IDisposable
{
    // Only so that a broken server fails a test instead of hanging it.
    private static readonly TimeSpan Watchdog = TimeSpan.FromSeconds(60);

    private readonly MeterListener _listener = new();
    private readonly Dictionary<string, long> _sums = [];
    private readonly List<(Func<bool> Holds, TaskCompletionSource Then)> _waiters = [];

    public Instruments(IServiceProvider services)
    {
        var meters = services.GetRequiredService<IMeterFactory>();
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == RelayTelemetry.Name && instrument.Meter.Scope == meters) listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<int>((instrument, value, tags, _) => Add(instrument, value, tags));
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Add(instrument, value, tags));
        _listener.Start();
    }

    /// <summary>The sum of an instrument; with a reason, of the measurements with that reason only.</summary>
    public long this[string instrument, string reason = ""]
    {
        get
        {
            lock (_sums) return _sums.GetValueOrDefault(instrument + reason);
        }
    }

    /// <summary>Waits until an instrument's sum is the given value.</summary>
    public Task IsAsync(string instrument, long value, string reason = "")
    {
        var then = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_sums)
        {
            _waiters.Add((() => _sums.GetValueOrDefault(instrument + reason) == value, then));
            Notify();
        }
        return then.Task.WaitAsync(Watchdog, TestContext.Current.CancellationToken);
    }

    public void Dispose() => _listener.Dispose();

    private void Add(Instrument instrument, long value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        lock (_sums)
        {
            _sums[instrument.Name] = _sums.GetValueOrDefault(instrument.Name) + value;
            foreach (var (_, tag) in tags) _sums[instrument.Name + tag] = _sums.GetValueOrDefault(instrument.Name + tag) + value;
            Notify();
        }
    }

    private void Notify()
    {
        foreach (var waiter in _waiters.Where(waiter => waiter.Holds()).ToArray())
        {
            _waiters.Remove(waiter);
            waiter.Then.TrySetResult();
        }
    }
}
