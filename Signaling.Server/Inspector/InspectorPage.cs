namespace Signaling.Server.Inspector;

/// <summary>The page and its parts, as they lie in <c>page/</c>: no build step, nothing inline.</summary>
internal static class InspectorPage
{
    private const string Policy =
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private static readonly (string Path, string File, string Type)[] Parts =
    [
        ("", "inspector.html", "text/html; charset=utf-8"),
        ("/inspector.css", "inspector.css", "text/css; charset=utf-8"),
        ("/inspector.js", "inspector.js", "text/javascript; charset=utf-8"),
        ("/room.js", "room.js", "text/javascript; charset=utf-8"),
        ("/sequence.js", "sequence.js", "text/javascript; charset=utf-8"),
        ("/stream.js", "stream.js", "text/javascript; charset=utf-8"),
    ];

    public static void Map(IEndpointRouteBuilder inspector)
    {
        foreach (var (path, file, type) in Parts)
        {
            var content = Read(file);
            inspector.MapGet(path, (HttpContext context) =>
            {
                context.Response.Headers.ContentSecurityPolicy = Policy;
                context.Response.Headers.CacheControl = "no-cache";
                return TypedResults.Bytes(content, type);
            });
        }
    }

    private static byte[] Read(string file)
    {
        using var stream = typeof(InspectorPage).Assembly.GetManifestResourceStream($"inspector/{file}")!;
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return bytes.ToArray();
    }
}
