namespace Aspire.Hosting.ApplicationModel;

/// <summary>An address that a resource listens on.</summary>
/// <param name="resource">The resource.</param>
/// <param name="endpointName">"http" or "https".</param>
public sealed class EndpointReference(IResourceWithEndpoints resource, string endpointName)
{
    /// <summary>The resource.</summary>
    public IResourceWithEndpoints Resource { get; } = resource;

    /// <summary>"http" or "https".</summary>
    public string EndpointName { get; } = endpointName;

    internal EndpointAnnotation Annotation { get; } = new() { UriScheme = endpointName };

    /// <summary>Where it listens; 0 until a free port has been chosen.</summary>
    public int Port { get; internal set; }

    /// <summary>Where to reach it.</summary>
    public string Url => $"{Annotation.UriScheme}://{Annotation.TargetHost}:{Port}";
}
