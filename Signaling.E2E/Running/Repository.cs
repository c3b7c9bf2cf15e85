using System.Reflection;

namespace Signaling.E2E.Running;

/// <summary>Where the things are that the tests start, as the build wrote it down.</summary>
public static class Repository
{
    public static string Root { get; } = Noted("Repository");

    public static string DemoClient { get; } = Path.Combine(Root, "Signaling.DemoClient");

    public static string TestResults { get; } = Path.Combine(Root, "TestResults", "e2e");

    /// <summary>The built executable of a project of this solution.</summary>
    public static string Executable(string project) =>
        Path.Combine(Root, project, "bin", Noted("Build"), OperatingSystem.IsWindows() ? $"{project}.exe" : project);

    private static string Noted(string key) =>
        typeof(Repository).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(note => note.Key == key).Value!;
}
