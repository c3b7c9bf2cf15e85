using System.Diagnostics;

namespace Signaling.Bench.Servers;

/// <summary>Where the bench builds and installs what it compares.</summary>
internal sealed class Workshop
{
    public Workshop()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Signaling.sln")))
            folder = folder.Parent ?? throw new InvalidOperationException("The bench runs in its source tree: it builds the relay.");
        Root = folder.FullName;
    }

    public string Root { get; }

    public string Artifacts => Path.Combine(Root, "artifacts", "bench");

    /// <summary>Runs a command that has to succeed; what it says is shown only when it does not.</summary>
    public async Task RunAsync(string command, string[] arguments, string folder, CancellationToken stop)
    {
        Console.WriteLine($"{command} {string.Join(' ', arguments).Replace(Root + Path.DirectorySeparatorChar, "", StringComparison.Ordinal)}");
        using var process = Process.Start(new ProcessStartInfo(command, arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true })!;
        try
        {
            var said = await Task.WhenAll(process.StandardOutput.ReadToEndAsync(stop), process.StandardError.ReadToEndAsync(stop));
            await process.WaitForExitAsync(stop);
            if (process.ExitCode != 0) throw new InvalidOperationException($"{command} ended with {process.ExitCode}:\n{string.Concat(said)}");
        }
        finally
        {
            if (!process.HasExited) process.Kill(entireProcessTree: true);
        }
    }
}
