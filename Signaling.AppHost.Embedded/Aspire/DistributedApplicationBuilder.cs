using System.Reflection;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Configuration;

namespace Aspire.Hosting;

internal sealed class DistributedApplicationBuilder : IDistributedApplicationBuilder
{
    private readonly List<HostedResource> _resources = [];

    public DistributedApplicationBuilder(string[] args)
    {
        Configuration.AddEnvironmentVariables().AddCommandLine(args);
    }

    public ConfigurationManager Configuration { get; } = new();

    public string AppHostDirectory { get; } =
        Assembly.GetEntryAssembly()?.GetCustomAttributes<AssemblyMetadataAttribute>().FirstOrDefault(one => one.Key == "apphostprojectpath")?.Value ?? Environment.CurrentDirectory;

    public IResourceBuilder<T> AddResource<T>(T resource) where T : IResource
    {
        if (_resources.Any(one => one.Name == resource.Name)) throw new ArgumentException($"There are two resources with the name {resource.Name}.", nameof(resource));
        _resources.Add((HostedResource)(IResource)resource);
        return new Builder<T>(resource);
    }

    public DistributedApplication Build() => new(Configuration, _resources);

    private sealed record Builder<T>(T Resource) : IResourceBuilder<T> where T : IResource;
}
