using Microsoft.Extensions.Configuration;
using Signaling.AppHost.Embedded.Processes;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>What the embedded host knows of every resource: where it listens, what it needs, how its process is started.</summary>
public abstract class HostedResource : IResourceWithEnvironment, IResourceWithWaitSupport, IResourceWithServiceDiscovery
{
    private protected HostedResource(string name)
    {
        Name = name;
    }

    /// <inheritdoc/>
    public string Name { get; }

    internal abstract string Kind { get; }

    /// <summary>What this is a replica of; itself if it is none.</summary>
    internal virtual HostedResource Origin => this;

    /// <summary>What others find it by, where that is no URL.</summary>
    internal virtual string? ConnectionString => null;

    internal List<EndpointReference> Endpoints { get; } = [];

    internal List<HostedResource> References { get; } = [];

    internal Dictionary<string, Func<string>> Environment { get; } = [];

    internal List<HostedResource> WaitsFor { get; } = [];

    internal HealthCheck? HealthCheck { get; set; }

    internal List<Action<HostedResource, List<ResourceUrlAnnotation>>> UrlCallbacks { get; } = [];

    /// <summary>Finds out, before anything runs, whether it can: tools, files. Fills <see cref="Endpoints"/>.</summary>
    /// <exception cref="StartException">It cannot; the message says what to do.</exception>
    internal abstract void Prepare(IConfiguration configuration);

    /// <summary>What has to run to its end before the command, for example an installation; null if nothing has.</summary>
    internal virtual ProcessCommand? Installation() => null;

    internal abstract ProcessCommand Command();

    /// <summary>What is run for it: itself, or its replicas.</summary>
    internal virtual IEnumerable<HostedResource> Instances() => [this];

    internal EndpointReference? Endpoint(string? name) =>
        Endpoints.Find(one => one.EndpointName == name) ?? (name is null ? Endpoints.Find(one => one.EndpointName == "http") ?? Endpoints.FirstOrDefault() : null);

    internal List<ResourceUrlAnnotation> Urls()
    {
        List<ResourceUrlAnnotation> urls = [.. Origin.Endpoints.Union(Endpoints).Select(one => new ResourceUrlAnnotation { Url = one.Url, Endpoint = one })];
        foreach (var callback in UrlCallbacks) callback(this, urls);
        foreach (var url in urls)
            if (url.Endpoint is { } endpoint && url.Url.StartsWith('/')) url.Url = endpoint.Url + url.Url;
        return urls;
    }
}
