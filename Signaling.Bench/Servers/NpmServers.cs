using System.Diagnostics;

namespace Signaling.Bench.Servers;

/// <summary>The two in JavaScript: the usual way with <c>ws</c> on Node, and Bun's own topics.</summary>
internal sealed class NpmServers(string folder)
{
    public Contender Ws { get; } = new("ws", Abilities.Plain, (port, _) => Command("node", folder, "ws.js", port));

    public Contender Bun { get; } = new("bun", Abilities.Plain, (port, _) => Command(BunIn(folder), folder, "bun.js", port));

    public static async Task<NpmServers> InstallAsync(Workshop workshop, CancellationToken stop)
    {
        var folder = Path.Combine(workshop.Root, "Signaling.Bench", "Servers", "js");
        var done = Path.Combine(folder, "node_modules", ".package-lock.json");
        if (!File.Exists(done) || File.GetLastWriteTimeUtc(done) < File.GetLastWriteTimeUtc(Path.Combine(folder, "package-lock.json")))
            await workshop.RunAsync("npm", ["ci", "--ignore-scripts"], folder, stop);
        return new NpmServers(folder);
    }

    private static ProcessStartInfo Command(string program, string folder, string script, int port)
    {
        var start = new ProcessStartInfo(program, [script]) { WorkingDirectory = folder };
        start.Environment["PORT"] = $"{port}";
        start.Environment["NODE_ENV"] = "production";
        return start;
    }

    // npm installs the one that this machine can run, @oven/bun-linux-x64 for example; the package's script moves it.
    private static string BunIn(string folder) => Directory.GetDirectories(Path.Combine(folder, "node_modules", "@oven"))
        .Select(one => Path.Combine(one, "bin", "bun"))
        .Append(Path.Combine(folder, "node_modules", "bun", "bin", "bun.exe"))
        .First(File.Exists);
}
