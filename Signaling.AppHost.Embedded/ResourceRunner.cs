using Aspire.Hosting.ApplicationModel;
using Signaling.AppHost.Embedded.Processes;

namespace Signaling.AppHost.Embedded;

/// <summary>One resource from its first wait to its last line: a run is one function, started, stopped and started again on demand.</summary>
internal sealed class ResourceRunner(HostedResource resource, ChildEnvironment environment, Action changed, TimeProvider time, CancellationToken hurry) : IDisposable
{
    private readonly SemaphoreSlim _commands = new(1);
    private CancellationTokenSource _stop = new();
    private Task _run = Task.CompletedTask;
    private KeptProcess? _process;
    private TaskCompletionSource _healthy = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public HostedResource Resource { get; } = resource;

    public ConsoleLog Log { get; } = new(resource.Name, time);

    public IReadOnlyList<ResourceRunner> WaitsFor { get; set; } = [];

    public ResourceState State { get; private set; } = ResourceState.Stopped;

    public bool? IsHealthy { get; private set; }

    public string? Detail { get; private set; }

    public DateTimeOffset? Since { get; private set; }

    public int? ProcessId => _process?.Id;

    /// <summary>Completes when it is healthy; begins anew with each start.</summary>
    public Task Healthy => _healthy.Task;

    /// <summary>Starts it if it does not run.</summary>
    public Task StartAsync() => InTurn(() =>
    {
        if (!_run.IsCompleted) return Task.CompletedTask;
        _stop.Dispose();
        _stop = new CancellationTokenSource();
        _run = Task.Run(() => RunAsync(_stop.Token));
        return Task.CompletedTask;
    });

    public Task StopAsync() => InTurn(async () =>
    {
        await _stop.CancelAsync();
        await _run;
    });

    public async Task RestartAsync()
    {
        await StopAsync();
        await StartAsync();
    }

    public void Dispose()
    {
        _commands.Dispose();
        _stop.Dispose();
        _process?.Dispose();
    }

    private async Task InTurn(Func<Task> command)
    {
        await _commands.WaitAsync(CancellationToken.None);
        try
        {
            await command();
        }
        finally
        {
            _commands.Release();
        }
    }

    private async Task RunAsync(CancellationToken stop)
    {
        try
        {
            foreach (var other in WaitsFor)
            {
                Now(ResourceState.Waiting, $"for {other.Resource.Name} to be healthy");
                await other.Healthy.WaitAsync(stop);
            }

            if (Resource.Installation() is { } installation)
            {
                Now(ResourceState.Installing, installation.ToString());
                Terminal.Say($"{Resource.Name}: {installation.Directory}: {installation} ...");
                if (await RunToEndAsync(installation, stop) is not 0 and var code)
                {
                    Failed(ResourceState.FailedToStart, $"{installation} ended with exit code {code}");
                    return;
                }
            }

            Now(ResourceState.Starting);
            var exit = await RunToEndAsync(Resource.Command(), stop, serves: true);
            if (!stop.IsCancellationRequested) Failed(ResourceState.Exited, $"exit code {exit}");
        }
        catch (OperationCanceledException)
        {
        }
        catch (Exception error)
        {
            Failed(ResourceState.FailedToStart, error.Message);
        }
        finally
        {
            if (stop.IsCancellationRequested) Now(ResourceState.Stopped);
        }
    }

    private async Task<int> RunToEndAsync(ProcessCommand command, CancellationToken stop, bool serves = false)
    {
        Log.Add($"{command.Directory}> {command}", "host");
        using var process = _process = new KeptProcess(command, environment.For(Resource), (text, isError) => Log.Add(text, isError ? "err" : "out"));
        using var over = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var watching = serves ? WatchHealthAsync(over.Token) : Task.CompletedTask;
        try
        {
            await process.Exited.WaitAsync(stop);
        }
        catch (OperationCanceledException)
        {
            Now(ResourceState.Stopping);
            await process.StopAsync(hurry);
        }

        await over.CancelAsync();
        await watching;
        _process = null;
        return await process.Exited;
    }

    private async Task WatchHealthAsync(CancellationToken over)
    {
        try
        {
            await foreach (var healthy in HealthProbe.WatchAsync(Resource, over))
            {
                if (healthy == IsHealthy) continue;
                IsHealthy = healthy;
                if (!healthy) Log.Add($"does not answer {Resource.HealthCheck?.Path} any more", "host");
                else if (State == ResourceState.Starting) Now(ResourceState.Running, healthy: true);
                if (healthy) _healthy.TrySetResult();
                changed();
            }
        }
        catch (OperationCanceledException)
        {
        }
    }

    private void Failed(ResourceState state, string why)
    {
        Log.Add(why, "host");
        Now(state, why);
        var tail = string.Join('\n', Log.Last(15).Select(line => "    " + line.Text));
        Terminal.Error($"{Resource.Name}: {why}. Its last lines:\n{tail}");
    }

    private void Now(ResourceState state, string? detail = null, bool? healthy = null)
    {
        State = state;
        Detail = detail;
        IsHealthy = healthy;
        Since = time.GetUtcNow();
        if (healthy != true && _healthy.Task.IsCompleted) _healthy = new(TaskCreationOptions.RunContinuationsAsynchronously);
        changed();
    }
}
