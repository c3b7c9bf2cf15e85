using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.Options;

namespace Signaling.Server.Hosting;

/// <summary>Believes the proxies that are configured, and nobody else, about where a client comes from.</summary>
internal static class TrustedProxies
{
    /// <summary>Adds the options <c>Server</c>.</summary>
    public static void AddTrustedProxies(this IServiceCollection services) => services.AddCheckedOptions<ServerOptions>("Server");

    /// <summary>Rewrites the address, scheme and host of requests that come through such a proxy.</summary>
    public static void UseTrustedProxies(this WebApplication app)
    {
        var trusted = app.Services.GetRequiredService<IOptions<ServerOptions>>().Value.TrustedNetworks.ToArray();
        // With an empty list the middleware would believe everybody.
        if (trusted.Length == 0) return;

        // Through as many of them as there are, from the nearest on, up to the first that is not trusted.
        var headers = new ForwardedHeadersOptions
        {
            ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto | ForwardedHeaders.XForwardedHost,
            ForwardLimit = null,
        };
        headers.KnownProxies.Clear();
        headers.KnownIPNetworks.Clear();
        foreach (var network in trusted) headers.KnownIPNetworks.Add(network);
        app.UseForwardedHeaders(headers);
    }
}
