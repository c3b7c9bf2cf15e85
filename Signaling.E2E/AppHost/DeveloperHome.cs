using System.Diagnostics;

namespace Signaling.E2E.AppHost;

/// <summary>The home of somebody who has a developer certificate, or has not: nobody's own is looked at or changed.</summary>
internal sealed class DeveloperHome : IAsyncDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("signaling-home-");

    /// <summary>What a program is told so that it lives here.</summary>
    public (string Name, string Value)[] Environment =>
        [("HOME", _folder.FullName), ("DOTNET_HOST_PATH", AppHostRun.Dotnet), ("DOTNET_GENERATE_ASPNET_CERTIFICATE", "false"), ("DOTNET_NOLOGO", "true")];

    public async Task MakeCertificateAsync()
    {
        var start = new ProcessStartInfo(AppHostRun.Dotnet, ["dev-certs", "https"]) { RedirectStandardOutput = true };
        foreach (var (name, value) in Environment) start.Environment[name] = value;
        using var process = Process.Start(start)!;
        var said = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(process.ExitCode == 0, said);
    }

    public ValueTask DisposeAsync()
    {
        _folder.Delete(recursive: true);
        return ValueTask.CompletedTask;
    }
}
