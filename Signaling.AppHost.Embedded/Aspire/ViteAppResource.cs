using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Configuration;
using Signaling.AppHost.Embedded.Processes;

namespace Aspire.Hosting.JavaScript;

/// <summary>A Vite app, served by its own development server; its packages are installed when they are missing or old.</summary>
public sealed class ViteAppResource : HostedResource
{
    private const int OldestNode = 20;
    private readonly string _directory;
    private readonly string _script;
    private string _npm = "npm";

    internal ViteAppResource(string name, string directory, string script) : base(name)
    {
        _directory = directory;
        _script = script;
        Endpoints.Add(new EndpointReference(this, "http"));
    }

    internal override string Kind => "Vite app";

    internal override void Prepare(IConfiguration configuration)
    {
        if (!File.Exists(Path.Combine(_directory, "package.json")))
            throw new StartException($"{Name} is to run in {_directory}, but there is no package.json.");
        var install = $"Install Node.js {OldestNode} or newer (npm comes with it): https://nodejs.org, or your system's package manager.";
        var node = Tool.Find("node") ?? throw new StartException($"{Name} needs Node.js, and there is no `node` on the PATH. {install}");
        _npm = Tool.Find("npm") ?? throw new StartException($"{Name} needs npm, and there is no `npm` on the PATH. {install}");
        if (Tool.MajorVersion(node) is { } found && found < OldestNode)
            throw new StartException($"{Name} needs Node.js {OldestNode} or newer; {node} is version {found}. {install}");
    }

    internal override ProcessCommand? Installation()
    {
        var wanted = new FileInfo(Path.Combine(_directory, "package-lock.json"));
        var installed = new FileInfo(Path.Combine(_directory, "node_modules", ".package-lock.json"));
        // npm writes the second file last, so an installation that was cut short is done again
        if (installed.Exists && !(wanted.Exists && wanted.LastWriteTimeUtc > installed.LastWriteTimeUtc)) return null;
        return new ProcessCommand(_npm, _directory, wanted.Exists ? "ci" : "install", "--no-audit", "--no-fund", "--loglevel=http");
    }

    internal override ProcessCommand Command()
    {
        var port = $"{Endpoints[0].Port}";
        var command = new ProcessCommand(_npm, _directory, "run", _script, "--", "--port", port);
        command.Environment["PORT"] = port;
        command.Environment["NODE_ENV"] = "development";
        return command;
    }
}
