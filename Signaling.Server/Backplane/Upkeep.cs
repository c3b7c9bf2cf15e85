using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace Signaling.Server.Backplane;

/// <summary>
/// Looks after the backplane: connects, and after each trouble with Redis begins anew, with pauses that grow; looks who
/// lives; and sends what waits.
/// </summary>
internal sealed class Upkeep : IHostedService, IAsyncDisposable
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LastWords = TimeSpan.FromSeconds(1);

    private readonly Redis _redis;
    private readonly Servers _servers;
    private readonly Topics _topics;
    private readonly Outgoing _outgoing;
    private readonly BackplaneOptions _options;
    private readonly TimeProvider _time;
    private readonly Random _random;
    private readonly ILogger<Upkeep> _log;
    private readonly CancellationTokenSource _end = new();
    private readonly SemaphoreSlim _trouble = new(0, 1);
    private readonly Lock _lock = new();
    private Task _running = Task.CompletedTask;
    private Task _sending = Task.CompletedTask;
    private ITimer? _timer;
    private int _looking;
    private int _troubles;

    public Upkeep(Redis redis, Servers servers, Topics topics, Outgoing outgoing, BackplaneTelemetry telemetry, IOptions<BackplaneOptions> options, TimeProvider time, Random random, ILogger<Upkeep> log)
    {
        (_redis, _servers, _topics, _outgoing, _options, _time, _random, _log) = (redis, servers, topics, outgoing, options.Value, time, random, log);
        telemetry.Watch(() => topics.Count, () => outgoing.Bytes, () => topics.IsUp ? 1 : 0);
    }

    /// <summary>Waits for Redis, but no longer than somebody who connects: rooms work without it.</summary>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        _redis.Broken += () => Trouble("the connection was lost");
        _topics.Troubled += Trouble;
        var up = new TaskCompletionSource();
        _running = RunAsync(up);
        _sending = _outgoing.RunAsync(() => _topics.IsUp, _end.Token);
        _timer = _time.CreateTimer(_ => _ = LookAsync(), null, _servers.Period, _servers.Period);
        await Task.WhenAny(up.Task, Task.Delay(_options.Patience, cancellationToken));
    }

    /// <summary>What was said last still goes out. Members are not taken out: they have a lease to come back on another server.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _end.CancelAsync();
        _timer?.Dispose();
        await Task.WhenAny(Task.WhenAll(Quietly(_sending), Quietly(_running)), Task.Delay(LastWords, cancellationToken));
        if (_topics.IsUp) await Task.WhenAny(Quietly(_outgoing.SendAsync()), Task.Delay(LastWords, cancellationToken));
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        if (_timer is not null) await _timer.DisposeAsync();
        await Task.WhenAny(Task.WhenAll(Quietly(_sending), Quietly(_running)), Task.Delay(LastWords));
        await _redis.DisposeAsync();
    }

    private void Trouble(string what)
    {
        lock (_lock)
        {
            _troubles++;
            if (_topics.IsUp) _log.Down(what);
            _topics.IsUp = false;
            if (_trouble.CurrentCount == 0) _trouble.Release();
        }
    }

    private async Task RunAsync(TaskCompletionSource up)
    {
        while (true)
        {
            var tries = 0;
            while (!await TryAsync(++tries))
            {
                if (tries == 1 && !up.Task.IsCompleted) _log.Down("it does not answer");
                var pause = FirstPause * Math.Min(Math.Pow(2, tries), LongestPause / FirstPause);
                await Task.Delay(pause * (0.5 + (_random.NextDouble() / 2)), _end.Token);
            }
            up.TrySetResult();
            await _trouble.WaitAsync(_end.Token);
        }
    }

    private async Task<bool> TryAsync(int tries)
    {
        int troubles;
        Topic[] topics;
        lock (_lock) troubles = _troubles;
        try
        {
            await _redis.ConnectAsync();
            _servers.Renew();
            await _servers.LookAsync();
            topics = await _topics.TuneInAsync();
        }
        catch (Exception error)
        {
            // As long as it takes; whatever it was, it has lasted no longer than this connection.
            if (error is not (RedisException or TimeoutException)) _topics.Surprised(error);
            return false;
        }
        lock (_lock)
        {
            if (_troubles != troubles) return false;
            _trouble.Wait(0); // what was wrong before this try is over
            _topics.IsUp = true;
        }
        _topics.Complete();
        _log.Up(_topics.Count, tries);
        _outgoing.Wake();
        _ = _topics.CatchUpAsync(topics);
        return true;
    }

    private async Task LookAsync()
    {
        // One look at a time: a slow one is not overtaken by the next.
        if (!_topics.IsUp || Interlocked.Exchange(ref _looking, 1) == 1) return;
        try
        {
            var (gone, givenUp) = await _servers.LookAsync();
            // Another node may have taken the place of the one that is away.
            if (_topics.Deaf > 0) await _redis.ConnectAsync();
            var lost = _topics.Sweep(gone);
            if (gone.Count > 0) _log.ServerGone(_options.Lease, lost);
            if (!givenUp) return;
            _log.GivenUp();
            Trouble("this server was given up");
        }
        catch (Exception error)
        {
            _topics.Failed(error);
        }
        finally
        {
            Volatile.Write(ref _looking, 0);
        }
    }

    private static async Task Quietly(Task task)
    {
        try
        {
            await task;
        }
        catch (Exception error) when (error is OperationCanceledException or RedisException or TimeoutException)
        {
            // It ends.
        }
    }
}
