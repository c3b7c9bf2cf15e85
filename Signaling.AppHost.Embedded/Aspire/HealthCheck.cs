namespace Aspire.Hosting.ApplicationModel;

internal sealed record HealthCheck(string Path, int StatusCode, string? EndpointName);
