namespace Aspire.Hosting.ApplicationModel;

/// <summary>What AppHost.cs holds while it describes a resource.</summary>
/// <typeparam name="T">The kind of resource.</typeparam>
public interface IResourceBuilder<out T> where T : IResource
{
    /// <summary>The resource being described.</summary>
    T Resource { get; }
}
