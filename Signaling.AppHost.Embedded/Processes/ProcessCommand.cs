using System.Runtime.InteropServices;

namespace Signaling.AppHost.Embedded.Processes;

internal sealed record ProcessCommand(string File, string Directory, params string[] Arguments)
{
    /// <summary>The dotnet program that runs this very process, wherever it is installed.</summary>
    public static string Dotnet { get; } =
        Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "../../..", OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet"));

    /// <summary>Added to what the AppHost itself was given.</summary>
    public Dictionary<string, string> Environment { get; } = [];

    public override string ToString() => $"{Path.GetFileName(File)} {string.Join(' ', Arguments)}";
}
