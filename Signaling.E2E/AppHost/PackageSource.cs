using System.IO.Compression;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Signaling.E2E.AppHost;

/// <summary>A NuGet source made for a test: a folder of packages, and over HTTP what is known against them.</summary>
internal sealed class PackageSource : IAsyncDisposable
{
    private readonly string _folder;
    private WebApplication? _audit;

    public PackageSource(string folder)
    {
        _folder = Directory.CreateDirectory(Path.Combine(folder, "packages")).FullName;
        Configuration = Sources(_folder);
    }

    /// <summary>The NuGet.config that names it, and nothing else.</summary>
    public string Configuration { get; private set; }

    public static string Sources(string packages, string? audit = null) => $"""
        <configuration>
          <packageSources><clear /><add key="test" value="{packages}" allowInsecureConnections="true" /></packageSources>
          <fallbackPackageFolders><clear /></fallbackPackageFolders>
          {(audit is null ? "" : $"""<auditSources><clear /><add key="audit" value="{audit}" allowInsecureConnections="true" /></auditSources>""")}
        </configuration>
        """;

    /// <summary>Packages by Aspire's names that hold nothing but what a restore looks at.</summary>
    public void AddAspire(string version)
    {
        Add("Aspire.AppHost.Sdk", version, ("Sdk/Sdk.props", "<Project />"), ("Sdk/Sdk.targets", "<Project />"));
        Add("Aspire.Hosting.AppHost", version);
        Add("Aspire.Hosting.JavaScript", version);
        Add("Aspire.Hosting.Redis", version);
    }

    public void AddBroken(string id, string version) => File.WriteAllText(PathOf(id, version), "this is no package");

    public async Task AdviseAgainstAsync(string id)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        _audit = builder.Build();
        _audit.Run(context => context.Response.WriteAsync(Answer(context.Request, id)));
        await _audit.StartAsync(TestContext.Current.CancellationToken);
        Configuration = Sources(_folder, $"{_audit.Urls.Single()}/index.json");
    }

    public async ValueTask DisposeAsync()
    {
        if (_audit is not null) await _audit.DisposeAsync();
    }

    private static string Answer(HttpRequest request, string id)
    {
        var here = $"{request.Scheme}://{request.Host}";
        return request.Path.Value switch
        {
            "/index.json" => $$"""{"version":"3.0.0","resources":[{"@id":"{{here}}/advisories.json","@type":"VulnerabilityInfo/6.7.0"}]}""",
            "/advisories.json" => $$"""[{"@name":"base","@id":"{{here}}/base.json","@updated":"2026-01-01T00:00:00Z"}]""",
            _ => $$"""{"{{id.ToLowerInvariant()}}":[{"severity":2,"url":"https://advisories.example/1","versions":"(, 99.0.0)"}]}""",
        };
    }

    private void Add(string id, string version, params (string Name, string Text)[] files)
    {
        using var package = ZipFile.Open(PathOf(id, version), ZipArchiveMode.Create);
        Write(package, $"{id}.nuspec", $"<package><metadata><id>{id}</id><version>{version}</version><authors>test</authors><description>test</description></metadata></package>");
        foreach (var (name, text) in files) Write(package, name, text);
    }

    private static void Write(ZipArchive package, string name, string text)
    {
        using var writer = new StreamWriter(package.CreateEntry(name).Open());
        writer.Write(text);
    }

    private string PathOf(string id, string version) => Path.Combine(_folder, $"{id}.{version}.nupkg");
}
