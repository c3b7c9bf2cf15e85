using System.Net;
using System.Security.Cryptography;
using System.Text;

namespace Signaling.Server.Landing;

/// <summary>What a person sees who opens the relay's URL in a browser: what this is, and where to go from here.</summary>
public sealed class LandingPage(IConfiguration configuration, IHostEnvironment environment)
{
    private const string DemoSetting = "Landing:DemoUrl";

    private static readonly string Template = ReadTemplate();
    private static readonly string Policy =
        $"default-src 'none'; style-src '{HashOfStyle()}'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private readonly string _links = Links(configuration, environment);

    /// <summary>The page, with the URL to connect to as this visitor reached it.</summary>
    public IResult Respond(HttpContext context)
    {
        var request = context.Request;
        var url = $"{(request.IsHttps ? "wss" : "ws")}://{request.Host}{request.PathBase}";
        context.Response.Headers.ContentSecurityPolicy = Policy;
        var page = Template
            .Replace("{{url}}", WebUtility.HtmlEncode(url), StringComparison.Ordinal)
            .Replace("{{links}}", _links, StringComparison.Ordinal);
        return Results.Content(page, "text/html; charset=utf-8");
    }

    private static string Links(IConfiguration configuration, IHostEnvironment environment)
    {
        var demo = configuration[DemoSetting];
        return (Uri.TryCreate(demo, UriKind.Absolute, out var url)
                ? Link(url.AbsoluteUri, url.AbsoluteUri, "the demo: open it in two tabs")
                : Entry("demo", "starts beside this server with <code>dotnet run --project Signaling.AppHost</code>"))
            + (environment.IsDevelopment() ? Link("/inspector", "/inspector", "who is in the rooms, and what they say to each other") : "")
            + Link("/health", "/health", "ready to serve?")
            + Link("/alive", "/alive", "answering at all?");
    }

    private static string Link(string href, string text, string what) =>
        Entry($"""<a href="{WebUtility.HtmlEncode(href)}">{WebUtility.HtmlEncode(text)}</a>""", what);

    private static string Entry(string term, string what) => $"<dt>{term}</dt><dd>{what}</dd>\n    ";

    private static string ReadTemplate()
    {
        using var stream = typeof(LandingPage).Assembly.GetManifestResourceStream("landing.html")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    // Instead of 'unsafe-inline': exactly this style sheet is allowed.
    private static string HashOfStyle()
    {
        var from = Template.IndexOf("<style>", StringComparison.Ordinal) + "<style>".Length;
        var style = Template[from..Template.IndexOf("</style>", StringComparison.Ordinal)];
        return $"sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(style)))}";
    }
}
