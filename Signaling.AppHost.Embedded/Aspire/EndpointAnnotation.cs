namespace Aspire.Hosting.ApplicationModel;

/// <summary>How a resource is to listen at one of its endpoints.</summary>
public sealed class EndpointAnnotation
{
    /// <summary>"http" or "https"; of an endpoint that nothing is said about, its name.</summary>
    public required string UriScheme { get; set; }

    /// <summary>The name or address that it listens at.</summary>
    public string TargetHost { get; set; } = "localhost";

    /// <summary>The port, if it is to be a certain one.</summary>
    public int? Port { get; set; }

    /// <summary>Whether Aspire puts a proxy before it. There is none here.</summary>
    public bool IsProxied { get; set; } = true;
}
