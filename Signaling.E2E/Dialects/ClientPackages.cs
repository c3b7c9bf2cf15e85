using System.Diagnostics;
using Signaling.E2E.Running;
using Xunit.v3;

[assembly: AssemblyFixture(typeof(Signaling.E2E.Dialects.ClientPackages))]

namespace Signaling.E2E.Dialects;

/// <summary>
/// The client libraries as npm has them, at the versions of <c>clients/package-lock.json</c>, and pages that hold them:
/// installed and bundled when the first test asks.
/// </summary>
public sealed class ClientPackages
{
    private readonly Lazy<Task> _ready = new(MakeReadyAsync);

    public static string Folder { get; } = Path.Combine(Repository.Root, "Signaling.E2E", "Dialects", "clients");

    public Task ReadyAsync() => _ready.Value;

    /// <summary>One of the Node programs of that folder.</summary>
    public static ProcessStartInfo Program(string script, params string[] arguments) => new("node", [script, .. arguments]) { WorkingDirectory = Folder };

    private static async Task MakeReadyAsync()
    {
        var installed = new FileInfo(Path.Combine(Folder, "node_modules", ".package-lock.json"));
        var wanted = new FileInfo(Path.Combine(Folder, "package-lock.json"));
        if (!installed.Exists || installed.LastWriteTimeUtc < wanted.LastWriteTimeUtc) await NpmAsync("ci", "--no-audit", "--no-fund");
        await NpmAsync("run", "build");
    }

    private static async Task NpmAsync(params string[] arguments)
    {
        var npm = OperatingSystem.IsWindows() ? new ProcessStartInfo("cmd", ["/c", "npm", .. arguments]) : new ProcessStartInfo("npm", arguments);
        npm.WorkingDirectory = Folder;
        await using var run = Child.Start("npm", npm);
        if (await run.EndsAsync(TimeSpan.FromMinutes(5)) != 0)
            throw new InvalidOperationException($"npm {string.Join(' ', arguments)} failed in {Folder}:{Environment.NewLine}{run.Output}");
    }
}
