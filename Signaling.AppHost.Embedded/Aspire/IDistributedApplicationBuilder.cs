using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Configuration;

namespace Aspire.Hosting;

/// <summary>The system while it is being described.</summary>
public interface IDistributedApplicationBuilder
{
    /// <summary>The folder of the AppHost project; relative paths start here.</summary>
    string AppHostDirectory { get; }

    /// <summary>Environment variables and command line of the AppHost.</summary>
    ConfigurationManager Configuration { get; }

    /// <summary>Adds a resource.</summary>
    /// <exception cref="ArgumentException">There is one of that name.</exception>
    IResourceBuilder<T> AddResource<T>(T resource) where T : IResource;

    /// <summary>The system as described.</summary>
    DistributedApplication Build();
}
