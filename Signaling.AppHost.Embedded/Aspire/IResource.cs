namespace Aspire.Hosting.ApplicationModel;

/// <summary>A part of the system: something that runs and has a name.</summary>
public interface IResource
{
    /// <summary>Its name, unique in the system; others reach it under this name.</summary>
    string Name { get; }
}

/// <summary>A resource that takes environment variables.</summary>
public interface IResourceWithEnvironment : IResource;

/// <summary>A resource that listens.</summary>
public interface IResourceWithEndpoints : IResource;

/// <summary>A resource whose start can wait for another.</summary>
public interface IResourceWithWaitSupport : IResource;
