using System.Diagnostics;
using System.Globalization;

namespace Signaling.AppHost.Embedded.Processes;

/// <summary>Programs on the PATH.</summary>
internal static class Tool
{
    public static string? Find(string name)
    {
        string[] names = OperatingSystem.IsWindows() ? [name + ".exe", name + ".cmd"] : [name];
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        return folders.SelectMany(folder => names.Select(one => Path.Combine(folder, one))).FirstOrDefault(File.Exists);
    }

    /// <summary>The 20 of <c>v20.1.2</c>; null if the program does not say.</summary>
    public static int? MajorVersion(string program)
    {
        using var process = Process.Start(new ProcessStartInfo(program, "--version") { RedirectStandardOutput = true })!;
        var said = process.StandardOutput.ReadToEnd().TrimStart('v');
        return int.TryParse(said.Split('.')[0], NumberStyles.None, CultureInfo.InvariantCulture, out var major) ? major : null;
    }
}
