using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting;

/// <summary>A resource whose endpoints others can be told of.</summary>
public interface IResourceWithServiceDiscovery : IResourceWithEndpoints;
