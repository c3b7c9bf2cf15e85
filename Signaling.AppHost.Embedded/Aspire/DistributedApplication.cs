using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Configuration;
using Signaling.AppHost.Embedded;
using Signaling.AppHost.Embedded.Processes;

namespace Aspire.Hosting;

/// <summary>The system: its resources as child processes, and a dashboard.</summary>
public sealed class DistributedApplication
{
    private readonly IConfiguration _configuration;
    private readonly IReadOnlyList<HostedResource> _resources;

    internal DistributedApplication(IConfiguration configuration, IReadOnlyList<HostedResource> resources)
    {
        _configuration = configuration;
        _resources = resources;
    }

    /// <summary>Starts the description of a system.</summary>
    /// <param name="args">The command line: settings as <c>--NAME value</c>, over those of the environment.</param>
    public static IDistributedApplicationBuilder CreateBuilder(string[] args)
    {
        // this program is also the keeper of each of its child processes: see Keeper
        if (args is [Keeper.Verb, .. var command]) Environment.Exit(Keeper.Run(command));
        if (CommandLine.Fault(args) is { } fault)
        {
            Terminal.Error(fault);
            Environment.Exit(2);
        }

        return new DistributedApplicationBuilder(args);
    }

    /// <summary>Runs the system until Ctrl-C or SIGTERM. The exit code is 1 if it could not be started.</summary>
    public void Run()
    {
        try
        {
            new Host(_configuration, _resources).RunAsync().GetAwaiter().GetResult();
        }
        catch (StartException error)
        {
            Terminal.Error(error.Message);
            Environment.ExitCode = 1;
        }
    }
}
