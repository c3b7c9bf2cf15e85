using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;
using Signaling.Server.Hosting;
using Signaling.Server.Relay;

namespace Signaling.Server.Sockets;

/// <summary>
/// The way from the order to stop to a server without connections. Nobody is let in; everybody is told when he will be
/// closed, spread over <see cref="DrainOptions.Period"/>; and then is. Ends early when nobody is connected any more, or
/// when somebody orders again.
/// </summary>
internal sealed class Drain(
    Connections connections,
    StopOrder order,
    IOptions<DrainOptions> options,
    TimeProvider time,
    Random random,
    ILogger<Drain> log) : IHostedLifecycleService, IHealthCheck
{
    private static readonly TimeSpan StepPeriod = TimeSpan.FromMilliseconds(100);

    // Before Kestrel stops: it would cut the lines without a word.
    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        connections.LetNobodyIn();
        var period = options.Value.Period;
        if (period > TimeSpan.Zero) await SpreadAsync(period);
        foreach (var session in connections.All) session.Outbox.Close(CloseReason.GoingAway);
        order.Finish();
        try
        {
            await connections.Empty.WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            foreach (var session in connections.All) session.Abort();
        }
    }

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(connections.IsStopping ? HealthCheckResult.Unhealthy("draining") : HealthCheckResult.Healthy());

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    // Until nobody is connected, the period is over, or there is no time for it any more.
    private async Task SpreadAsync(TimeSpan period)
    {
        var over = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var plan = new DrainPlan(connections.All, period, random);
        var begin = time.GetTimestamp();
        connections.IsDraining = true;
        if (plan.All.Count > 0) log.Draining(plan.All.Count, period);
        foreach (var (session, after) in plan.All) session.GoAway(after);

        using var hurry = order.Repeated.Register(() => over.TrySetResult());
        await using (time.CreateTimer(_ => Step(), null, StepPeriod, StepPeriod)) await Task.WhenAny(over.Task, connections.Empty);
        connections.IsDraining = false;

        void Step()
        {
            lock (plan)
            {
                var elapsed = time.GetElapsedTime(begin);
                foreach (var session in plan.Due(elapsed)) session.Outbox.Close(CloseReason.Restart);
                if (elapsed >= period) over.TrySetResult();
            }
        }
    }
}
