using System.Diagnostics;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Logging;
using Signaling.E2E.Running;

namespace Signaling.E2E.Library;

/// <summary>A page with nothing on it but the client library, compiled as its package is, and a person who uses it.</summary>
public sealed class LibraryPage : IAsyncDisposable
{
    private readonly WebApplication _files;
    private readonly DirectoryInfo _compiled;

    private LibraryPage(WebApplication files, DirectoryInfo compiled) => (_files, _compiled) = (files, compiled);

    public Uri Url => new(_files.Urls.Single());

    public static async Task<LibraryPage> StartAsync()
    {
        var compiled = Directory.CreateTempSubdirectory("signaling-library-");
        await CompileAsync(compiled.FullName);

        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var files = builder.Build();
        files.UseFileServer(new FileServerOptions { FileProvider = new PhysicalFileProvider(Path.Combine(Repository.Root, "Signaling.E2E", "Library", "page")) });
        files.UseStaticFiles(new StaticFileOptions { FileProvider = new PhysicalFileProvider(compiled.FullName), RequestPath = "/library" });
        await files.StartAsync();
        return new LibraryPage(files, compiled);
    }

    public async ValueTask DisposeAsync()
    {
        await _files.DisposeAsync();
        _compiled.Delete(recursive: true);
    }

    private static async Task CompileAsync(string folder)
    {
        var script = Path.Combine(Repository.DemoClient, "node_modules", "typescript", "bin", "tsc");
        if (!File.Exists(script)) throw new InvalidOperationException($"Run `npm ci` in {Repository.DemoClient} first; ./test.sh does.");
        await using var compiler = Child.Start("tsc", new ProcessStartInfo("node", [script, "-p", "src/signaling", "--outDir", folder])
        {
            WorkingDirectory = Repository.DemoClient,
        });
        if (await compiler.EndsAsync() != 0) throw new InvalidOperationException($"The library does not compile:{Environment.NewLine}{compiler.Output}");
    }
}
