using System.Globalization;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Configuration;
using Signaling.AppHost.Embedded.Telemetry;

namespace Signaling.AppHost.Embedded;

/// <summary>The environment that Aspire gives a resource. A null takes away what is meant for the AppHost itself.</summary>
internal sealed class ChildEnvironment(IConfiguration configuration, DashboardSettings dashboard)
{
    private const string Endpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";
    private const string Protocol = "OTEL_EXPORTER_OTLP_PROTOCOL";
    private const string Headers = "OTEL_EXPORTER_OTLP_HEADERS";

    private static readonly string[] Own =
    [
        "ASPNETCORE_URLS", "ASPNETCORE_HTTP_PORTS", "ASPNETCORE_HTTPS_PORTS", "URLS", "PORT", "DOTNET_LAUNCH_PROFILE", DashboardSettings.BrowserToken, "ASPIRE_DASHBOARD_OTLP_HTTP_ENDPOINT_URL", "ASPIRE_RESOURCE_SERVICE_ENDPOINT_URL",
    ];

    public IReadOnlyDictionary<string, string?> For(HostedResource resource)
    {
        Dictionary<string, string?> variables = Own.ToDictionary(name => name, _ => (string?)null);
        AddTelemetry(variables, resource);
        foreach (var other in resource.References)
        {
            if (other.ConnectionString is { } connection) variables[$"ConnectionStrings__{other.Name}"] = connection;
            foreach (var endpoint in other.Endpoints)
            {
                variables[$"services__{other.Name}__{endpoint.EndpointName}__0"] = endpoint.Url;
                variables[$"{VariableName(other.Name)}_{endpoint.EndpointName.ToUpperInvariant()}"] = endpoint.Url;
            }
        }

        foreach (var (name, value) in resource.Environment) variables[name] = value();
        return variables;
    }

    /// <summary>The upper-case form of a name, for use in a variable's: <c>my-relay</c> is <c>MY_RELAY</c>.</summary>
    public static string VariableName(string name) => name.Replace('-', '_').ToUpperInvariant();

    /// <summary>Telemetry goes to the dashboard, unless the AppHost was told where else.</summary>
    private void AddTelemetry(Dictionary<string, string?> variables, HostedResource resource)
    {
        variables["OTEL_SERVICE_NAME"] = resource.Name;
        variables["OTEL_RESOURCE_ATTRIBUTES"] = string.Create(CultureInfo.InvariantCulture, $"service.instance.id={Guid.NewGuid().ToString("n")[..8]}");
        var isOurs = string.IsNullOrEmpty(configuration[Endpoint]);
        variables[Endpoint] = isOurs ? dashboard.Url : configuration[Endpoint];
        variables[Protocol] = isOurs ? "http/protobuf" : configuration[Protocol];
        variables[Headers] = isOurs ? $"{OtlpEndpoint.KeyHeader}={dashboard.OtlpKey}" : configuration[Headers];
        variables["OTEL_BLRP_SCHEDULE_DELAY"] = variables["OTEL_BSP_SCHEDULE_DELAY"] = variables["OTEL_METRIC_EXPORT_INTERVAL"] = "1000";
        variables["OTEL_TRACES_SAMPLER"] = "always_on";
    }
}
