using Microsoft.Extensions.Configuration;
using Signaling.AppHost.Embedded.Processes;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>A .NET project, run from what the build made of it.</summary>
public sealed class ProjectResource : HostedResource
{
    private readonly IProjectMetadata _project;
    private readonly ProjectResource? _origin;
    private LaunchProfile _profile = LaunchProfile.None;

    internal ProjectResource(string name, IProjectMetadata project) : base(name)
    {
        _project = project;
    }

    /// <summary>One of several that are alike but for their name and where they listen.</summary>
    private ProjectResource(ProjectResource origin, int number) : this($"{origin.Name}-{number}", origin._project)
    {
        _origin = origin;
        _profile = origin._profile;
        Endpoints.AddRange(origin.Endpoints.Select(one => new EndpointReference(this, one.EndpointName)));
        References.AddRange(origin.References);
        WaitsFor.AddRange(origin.WaitsFor);
        UrlCallbacks.AddRange(origin.UrlCallbacks);
        HealthCheck = origin.HealthCheck;
        foreach (var (name, value) in origin.Environment) Environment[name] = value;
    }

    internal override string Kind => "Project";

    internal override HostedResource Origin => _origin ?? this;

    internal int Replicas { get; set; } = 1;

    private string Directory => Path.GetDirectoryName(_project.ProjectPath)!;

    internal override void Prepare(IConfiguration configuration)
    {
        if (!File.Exists(_project.AssemblyPath))
            throw new StartException($"{Name} has not been built: {_project.AssemblyPath} is missing. Build the solution, or start with `dotnet run --project Signaling.AppHost`.");
        _profile = LaunchProfile.Read(Directory, configuration["DOTNET_LAUNCH_PROFILE"]);
        foreach (var url in _profile.Urls)
            Endpoints.Add(new EndpointReference(this, url.Scheme) { Port = url.Port });
    }

    internal override IEnumerable<HostedResource> Instances() =>
        Replicas == 1 ? [this] : Enumerable.Range(1, Replicas).Select(number => new ProjectResource(this, number));

    internal override ProcessCommand Command()
    {
        var command = new ProcessCommand(ProcessCommand.Dotnet, Directory, _project.AssemblyPath);
        foreach (var (name, value) in _profile.Environment) command.Environment[name] = value;
        if (Endpoints.Count > 0) command.Environment["ASPNETCORE_URLS"] = string.Join(';', Endpoints.Select(one => one.Url));
        return command;
    }
}
