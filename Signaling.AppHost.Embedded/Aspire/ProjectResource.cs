using Microsoft.Extensions.Configuration;
using Signaling.AppHost.Embedded.Processes;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>A .NET project, run from what the build made of it.</summary>
public sealed class ProjectResource : HostedResource
{
    private readonly IProjectMetadata _project;
    private LaunchProfile _profile = LaunchProfile.None;

    internal ProjectResource(string name, IProjectMetadata project) : base(name)
    {
        _project = project;
    }

    internal override string Kind => "Project";

    private string Directory => Path.GetDirectoryName(_project.ProjectPath)!;

    internal override void Prepare(IConfiguration configuration)
    {
        if (!File.Exists(_project.AssemblyPath))
            throw new StartException($"{Name} has not been built: {_project.AssemblyPath} is missing. Build the solution, or start with `dotnet run --project Signaling.AppHost`.");
        _profile = LaunchProfile.Read(Directory, configuration["DOTNET_LAUNCH_PROFILE"]);
        foreach (var url in _profile.Urls)
            Endpoints.Add(new EndpointReference(this, url.Scheme) { Port = url.Port });
    }

    internal override ProcessCommand Command()
    {
        var command = new ProcessCommand(ProcessCommand.Dotnet, Directory, _project.AssemblyPath);
        foreach (var (name, value) in _profile.Environment) command.Environment[name] = value;
        if (Endpoints.Count > 0) command.Environment["ASPNETCORE_URLS"] = string.Join(';', Endpoints.Select(one => one.Url));
        return command;
    }
}
