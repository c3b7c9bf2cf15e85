using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting;

/// <summary>How resources hang together, as AppHost.cs says it.</summary>
public static class ResourceBuilderExtensions
{
    /// <summary>Tells this resource where the other one is: services__NAME__http__0 and NAME_HTTP, and ConnectionStrings__NAME where it has one.</summary>
    public static IResourceBuilder<TDestination> WithReference<TDestination>(this IResourceBuilder<TDestination> builder, IResourceBuilder<IResourceWithServiceDiscovery> source)
        where TDestination : IResourceWithEnvironment =>
        builder.Note(self => self.References.Add(Hosted(source)));

    /// <summary>An address of this resource, by its name.</summary>
    public static EndpointReference GetEndpoint<T>(this IResourceBuilder<T> builder, string name)
        where T : IResourceWithEndpoints =>
        ((HostedResource)(IResource)builder.Resource).Endpoint(name) ?? new EndpointReference(builder.Resource, name);

    /// <summary>Tells this resource an address by a variable of its environment.</summary>
    public static IResourceBuilder<T> WithEnvironment<T>(this IResourceBuilder<T> builder, string name, EndpointReference endpointReference)
        where T : IResourceWithEnvironment =>
        builder.Note(self => self.Environment[name] = () => endpointReference.Url);

    /// <summary>Sets a variable of this resource's environment.</summary>
    public static IResourceBuilder<T> WithEnvironment<T>(this IResourceBuilder<T> builder, string name, string? value)
        where T : IResourceWithEnvironment =>
        builder.Note(self => self.Environment[name] = () => value ?? "");

    /// <summary>Changes how a Vite app listens; a project's launch profile says it by itself.</summary>
    public static IResourceBuilder<T> WithEndpoint<T>(this IResourceBuilder<T> builder, string endpointName, Action<EndpointAnnotation> callback)
        where T : IResourceWithEndpoints =>
        builder.Note(self => callback(self.Endpoints.Single(one => one.EndpointName == endpointName).Annotation));

    /// <summary>Starts this resource when the other one is healthy.</summary>
    public static IResourceBuilder<T> WaitFor<T>(this IResourceBuilder<T> builder, IResourceBuilder<IResource> dependency)
        where T : IResourceWithWaitSupport =>
        builder.Note(self => self.WaitsFor.Add(Hosted(dependency)));

    /// <summary>Healthy means that a GET of this path answers with this status (200 if nothing is said).</summary>
    public static IResourceBuilder<T> WithHttpHealthCheck<T>(this IResourceBuilder<T> builder, string? path = null, int? statusCode = null, string? endpointName = null)
        where T : IResourceWithEndpoints =>
        builder.Note(self => self.HealthCheck = new HealthCheck(path ?? "/", statusCode ?? 200, endpointName));

    /// <summary>Changes the link that is shown for an endpoint.</summary>
    public static IResourceBuilder<T> WithUrlForEndpoint<T>(this IResourceBuilder<T> builder, string endpointName, Action<ResourceUrlAnnotation> callback)
        where T : IResource =>
        builder.Note(self => self.UrlCallbacks.Add((_, urls) =>
        {
            if (urls.Find(url => url.Endpoint?.EndpointName == endpointName) is { } found) callback(found);
        }));

    /// <summary>Adds a link to an endpoint.</summary>
    public static IResourceBuilder<T> WithUrlForEndpoint<T>(this IResourceBuilder<T> builder, string endpointName, Func<EndpointReference, ResourceUrlAnnotation> callback)
        where T : IResourceWithEndpoints =>
        builder.Note(described => described.UrlCallbacks.Add((self, urls) =>
        {
            if (self.Endpoint(endpointName) is not { } endpoint) return;
            var link = callback(endpoint);
            urls.Add(new ResourceUrlAnnotation { Url = link.Url, DisplayText = link.DisplayText, Endpoint = endpoint });
        }));

    private static HostedResource Hosted(IResourceBuilder<IResource> builder) => (HostedResource)builder.Resource;

    private static IResourceBuilder<T> Note<T>(this IResourceBuilder<T> builder, Action<HostedResource> note) where T : IResource
    {
        note((HostedResource)(IResource)builder.Resource);
        return builder;
    }
}
