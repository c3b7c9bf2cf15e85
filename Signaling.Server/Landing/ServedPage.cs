using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Options;
using Signaling.Server.Hosting;

namespace Signaling.Server.Landing;

/// <summary>The built demo page from the relay's own origin, where <c>Landing:PagePath</c> asks for it.</summary>
internal static class ServedPage
{
    // The page says the same in its meta tag, where frame-ancestors cannot stand.
    private const string Policy =
        "default-src 'none'; script-src 'self'; worker-src 'self'; style-src 'self'; img-src data:; connect-src 'self' ws: wss: http: https:; "
        + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    public static void Serve(WebApplication app)
    {
        if (!app.Services.IsOn<LandingOptions>(static landing => landing.PagePath.Length > 0)) return;
        var folder = app.Services.GetRequiredService<IOptions<LandingOptions>>().Value.PagePath;
        var files = new FileServerOptions { RequestPath = "/demo", FileProvider = new PhysicalFileProvider(Path.GetFullPath(folder)) };
        files.StaticFileOptions.OnPrepareResponse = static file => file.Context.Response.Headers.ContentSecurityPolicy = Policy;
        app.UseFileServer(files);
    }
}
