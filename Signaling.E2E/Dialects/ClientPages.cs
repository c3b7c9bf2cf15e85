using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Logging;

namespace Signaling.E2E.Dialects;

/// <summary>Serves the pages: each is empty but for the bundle of its name.</summary>
internal sealed class ClientPages : IAsyncDisposable
{
    private readonly WebApplication _files;

    private ClientPages(WebApplication files) => _files = files;

    public static async Task<ClientPages> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var files = builder.Build();
        files.UseStaticFiles(new StaticFileOptions { FileProvider = new PhysicalFileProvider(Path.Combine(ClientPackages.Folder, "dist")) });
        files.MapGet("/of/{name}", (string name) => Results.Content(
            $"""<!doctype html><html lang="en"><link rel="icon" href="data:,"><title>{name}</title><script src="/{name}.js"></script></html>""", "text/html"));
        await files.StartAsync();
        return new ClientPages(files);
    }

    public Uri Page(string name) => new(new Uri(_files.Urls.Single()), $"/of/{name}");

    public ValueTask DisposeAsync() => _files.DisposeAsync();
}
