using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;

namespace Signaling.Server.Backplane;

/// <summary>For <c>/health</c>: whether the others are heard.</summary>
internal sealed class BackplaneHealth(Topics topics, IOptions<BackplaneOptions> options) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        if (topics is { IsUp: true, Refusal: null, Deaf: 0 }) return Task.FromResult(HealthCheckResult.Healthy());
        var status = options.Value.Readiness == Readiness.Unready ? HealthStatus.Unhealthy : HealthStatus.Degraded;
        return Task.FromResult(new HealthCheckResult(status, Problem()));
    }

    private string Problem()
    {
        if (!topics.IsUp) return "Redis cannot be had";
        return topics.Refusal is { } refusal ? $"Redis refuses to keep who is here: {refusal}" : "a node of Redis cannot be had";
    }
}
