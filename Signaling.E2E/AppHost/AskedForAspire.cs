using System.Diagnostics;

namespace Signaling.E2E.AppHost;

/// <summary>The AppHost's project, restored by itself from package sources of all kinds: which host is it built with, and what is remembered?</summary>
public sealed class AskedForAspire : IDisposable
{
    private const string Version = "13.4.6";
    private const string NotReached = "could not be reached";
    private readonly string _folder = Directory.CreateTempSubdirectory("apphost-probe-").FullName;

    public AskedForAspire()
    {
        var root = AppHostRun.FindRoot();
        string[] copied = ["Directory.Build.props", "Directory.Packages.props", "Signaling.AppHost/Signaling.AppHost.csproj", "Signaling.AppHost/Aspire.Mode.props", "Signaling.AppHost.Embedded/Embedded.targets"];
        foreach (var file in copied) Write(file, File.ReadAllText(Path.Combine(root, file)));
        foreach (var project in (string[])["Signaling.Server", "Signaling.AppHost.Embedded"]) Write($"{project}/{project}.csproj", """<Project Sdk="Microsoft.NET.Sdk" />""");
    }

    private string Note => Path.Combine(_folder, "Signaling.AppHost", "obj", "aspire.probe");

    [Fact]
    public async Task A_source_without_Aspire_is_a_no_that_is_remembered()
    {
        await using var source = new PackageSource(_folder);
        var first = await RestoreAsync(source.Configuration);
        Assert.Equal((0, "false"), (first.Exit, first.UseAspire));
        Assert.Contains("built with the embedded host", first.Said, StringComparison.Ordinal);
        Assert.Equal($"{Version}=", File.ReadAllText(Note).Trim());

        Assert.DoesNotContain("embedded host", (await RestoreAsync(source.Configuration)).Said, StringComparison.Ordinal);

        File.SetLastWriteTime(Note, DateTime.Now.AddDays(-1.1));
        source.AddAspire(Version);
        Assert.Equal("true", (await RestoreAsync(source.Configuration)).UseAspire);
    }

    [Fact]
    public async Task A_source_that_has_only_a_newer_Aspire_is_a_no()
    {
        await using var source = new PackageSource(_folder);
        source.AddAspire("13.6.5");

        var result = await RestoreAsync(source.Configuration);

        Assert.Equal((0, "false"), (result.Exit, result.UseAspire));
        Assert.Contains("built with the embedded host", result.Said, StringComparison.Ordinal);
        Assert.Equal($"{Version}=", File.ReadAllText(Note).Trim());
    }

    [Theory]
    [InlineData("http://127.0.0.1:9/v3/index.json")]
    [InlineData("/nowhere/at/all")]
    public async Task A_source_that_cannot_be_reached_is_a_no_for_this_run_only(string source)
    {
        Write("NuGet.config", PackageSource.Sources(source));
        var (_, said) = await DotnetAsync("msbuild", "Signaling.AppHost/Signaling.AppHost.csproj", "-t:ProbeAspire", "-p:MSBuildIsRestoring=true");

        Assert.Contains(NotReached, said, StringComparison.Ordinal);
        Assert.False(File.Exists(Note));
    }

    [Fact]
    public async Task A_source_that_is_broken_stops_the_build_in_its_own_words()
    {
        await using var source = new PackageSource(_folder);
        source.AddAspire(Version);
        File.Delete(Path.Combine(_folder, "packages", $"Aspire.Hosting.AppHost.{Version}.nupkg"));
        source.AddBroken("Aspire.Hosting.AppHost", Version);

        var result = await RestoreAsync(source.Configuration);

        Assert.NotEqual(0, result.Exit);
        Assert.Contains("APPHOST001", result.Said, StringComparison.Ordinal);
        Assert.Contains("Central Directory", result.Said, StringComparison.Ordinal);
        Assert.False(File.Exists(Note));
    }

    [Fact]
    public async Task An_advisory_against_Aspire_is_shown_and_is_no_no()
    {
        await using var source = new PackageSource(_folder);
        source.AddAspire(Version);
        await source.AdviseAgainstAsync("Aspire.Hosting.AppHost");

        var result = await RestoreAsync(source.Configuration);

        Assert.Equal((0, "true"), (result.Exit, result.UseAspire));
        Assert.Contains("warning NU1903", result.Said, StringComparison.Ordinal);
        Assert.StartsWith($"{Version}={_folder}", File.ReadAllText(Note), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_said_aloud_is_not_asked()
    {
        await using var source = new PackageSource(_folder);
        source.AddAspire(Version);

        Assert.Equal("false", (await RestoreAsync(source.Configuration, "-p:UseAspire=false")).UseAspire);
        Assert.Equal("true", (await RestoreAsync(source.Configuration, "-p:UseAspire=true")).UseAspire);
        Assert.False(File.Exists(Note));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private async Task<(int Exit, string UseAspire, string Said)> RestoreAsync(string configuration, params string[] more)
    {
        Write("NuGet.config", configuration);
        var (exit, said) = await DotnetAsync(["restore", "Signaling.AppHost/Signaling.AppHost.csproj", .. more]);
        var (_, mode) = await DotnetAsync(["msbuild", "Signaling.AppHost/Signaling.AppHost.csproj", "-getProperty:UseAspire", .. more]);
        return (exit, mode.Trim(), said);
    }

    private async Task<(int Exit, string Said)> DotnetAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo(AppHostRun.Dotnet, [.. arguments, "-nodeReuse:false"])
        {
            WorkingDirectory = _folder,
            RedirectStandardOutput = true,
            Environment = { ["NUGET_PACKAGES"] = Path.Combine(_folder, "global"), ["NUGET_HTTP_CACHE_PATH"] = Path.Combine(_folder, "http"), ["DOTNET_CLI_UI_LANGUAGE"] = "en" },
        };
        start.Environment.Remove("UseAspire");
        using var process = Process.Start(start)!;
        var said = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, said);
    }

    private void Write(string file, string text)
    {
        var path = Path.Combine(_folder, file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }
}
