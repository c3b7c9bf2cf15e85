namespace Aspire.Hosting.ApplicationModel;

/// <summary>A link that the dashboard shows for a resource.</summary>
public sealed class ResourceUrlAnnotation
{
    /// <summary>Absolute, or a path on <see cref="Endpoint"/>.</summary>
    public required string Url { get; set; }

    /// <summary>What the link reads; the URL itself if nothing is said.</summary>
    public string? DisplayText { get; set; }

    /// <summary>The endpoint that it belongs to.</summary>
    public EndpointReference? Endpoint { get; init; }
}
