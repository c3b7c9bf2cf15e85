using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;

namespace Signaling.Server.Backplane;

/// <summary>For <c>/health</c>: whether the others are heard.</summary>
internal sealed class BackplaneHealth(Topics topics, IOptions<BackplaneOptions> options) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        if (topics is { IsUp: true, Refusal: null }) return Task.FromResult(HealthCheckResult.Healthy());
        var status = options.Value.Readiness == Readiness.Unready ? HealthStatus.Unhealthy : HealthStatus.Degraded;
        return Task.FromResult(new HealthCheckResult(status, topics.IsUp ? $"Redis refuses to keep who is here: {topics.Refusal}" : "Redis cannot be had"));
    }
}
