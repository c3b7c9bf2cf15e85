using System.Diagnostics;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Logging;

namespace Signaling.E2E.Running;

/// <summary>The demo page as `npm run build` makes it, behind a file server that knows nothing of signaling.</summary>
public sealed class BuiltPage : IDemoPage
{
    private readonly WebApplication _files;
    private readonly Uri _relay;

    private BuiltPage(WebApplication files, Uri relay) => (_files, _relay) = (files, relay);

    public static string Folder => Path.Combine(Repository.DemoClient, "dist");

    public string Console { get; private init; } = "";

    public Uri Entrance(string room) => new(new Uri(_files.Urls.Single()), $"/?room={room}&signal=ws://{_relay.Authority}");

    public static async Task<IDemoPage> StartAsync(Uri relay)
    {
        var console = await BuildAsync();

        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var files = builder.Build();
        files.UseFileServer(new FileServerOptions { FileProvider = new PhysicalFileProvider(Folder) });
        await files.StartAsync();
        return new BuiltPage(files, relay) { Console = console };
    }

    public ValueTask DisposeAsync() => _files.DisposeAsync();

    /// <summary>Builds it into <see cref="Folder"/>.</summary>
    /// <returns>What was said about it.</returns>
    public static async Task<string> BuildAsync()
    {
        var npm = OperatingSystem.IsWindows() ? new ProcessStartInfo("cmd", ["/c", "npm", "run", "build"]) : new ProcessStartInfo("npm", ["run", "build"]);
        npm.WorkingDirectory = Repository.DemoClient;
        await using var build = Child.Start("npm run build", npm);
        return await build.EndsAsync() == 0
            ? build.Output.ToString()
            : throw new InvalidOperationException($"npm run build failed:{Environment.NewLine}{build.Output}");
    }
}
