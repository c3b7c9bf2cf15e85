using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Logging;
using Signaling.E2E.Running;

namespace Signaling.E2E.Turn;

/// <summary>Serves the page of a <see cref="Caller"/>.</summary>
public sealed class CallerPage : IAsyncDisposable
{
    private readonly WebApplication _files;

    private CallerPage(WebApplication files) => _files = files;

    public Uri Url => new(_files.Urls.Single());

    public static async Task<CallerPage> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var files = builder.Build();
        files.UseFileServer(new FileServerOptions { FileProvider = new PhysicalFileProvider(Path.Combine(Repository.Root, "Signaling.E2E", "Turn", "page")) });
        await files.StartAsync();
        return new CallerPage(files);
    }

    public ValueTask DisposeAsync() => _files.DisposeAsync();
}
