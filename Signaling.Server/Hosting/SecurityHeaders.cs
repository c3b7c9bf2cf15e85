namespace Signaling.Server.Hosting;

/// <summary>What every answer tells a browser: believe the content type, run nothing, frame it nowhere, send no referrer.</summary>
internal static class SecurityHeaders
{
    private const string Policy = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    /// <summary>Adds them to all answers; a page that needs more sets a policy of its own.</summary>
    public static void UseSecurityHeaders(this WebApplication app) => app.Use(static (context, next) =>
    {
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = Policy;
        headers.XContentTypeOptions = "nosniff";
        // A token may stand in the address.
        headers["Referrer-Policy"] = "no-referrer";
        return next(context);
    });
}
