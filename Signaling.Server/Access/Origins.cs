using Microsoft.Extensions.Options;

namespace Signaling.Server.Access;

/// <summary>
/// The pages that may connect (RFC 6454). A browser lets any page open a WebSocket to any server, so the server has to look:
/// exactly, for a match of a part lets <c>https://example.org.evil.example</c> in.
/// </summary>
public sealed class Origins
{
    internal const string Any = "*";
    internal const string Opaque = "null";

    private readonly HashSet<string> _listed;
    private readonly bool _all;
    private readonly bool _loopback;

    /// <summary>Reads the list once.</summary>
    public Origins(IOptions<AccessOptions> options, IHostEnvironment environment)
    {
        var entries = options.Value.Entries;
        _listed = [.. entries.Select(entry => entry == Opaque ? entry : Normal(entry)).OfType<string>()];
        if (Uri.TryCreate(options.Value.DemoUrl, UriKind.Absolute, out var demo) && Normal(demo.GetLeftPart(UriPartial.Authority)) is { } linked) _listed.Add(linked);
        IsUnset = entries.Length == 0;
        _all = entries.Contains(Any) || (IsUnset && !environment.IsDevelopment());
        _loopback = IsUnset && environment.IsDevelopment();
    }

    /// <summary>Nothing was said about who may connect.</summary>
    public bool IsUnset { get; }

    /// <summary>
    /// Whether a request may be answered. No origin: not a browser, and this header would not stop it. The server's own
    /// origin, after trusted forwarding: always.
    /// </summary>
    public bool Allows(HttpRequest request)
    {
        var origins = request.Headers.Origin;
        if (origins.Count == 0) return true;
        return origins is [{ } origin] && (Allows(origin) || IsOwn(origin, request));
    }

    /// <summary>Whether pages of that origin may connect.</summary>
    public bool Allows(string origin)
    {
        if (_all || _listed.Contains(origin)) return true;
        return Normal(origin) is { } normal && (_listed.Contains(normal) || (_loopback && new Uri(normal).IsLoopback));
    }

    /// <summary>An origin as browsers write it: lower case, no default port; null when it is none.</summary>
    internal static string? Normal(string origin) =>
        Uri.TryCreate(origin, UriKind.Absolute, out var url)
        && url.Scheme is "http" or "https"
        && url is { PathAndQuery: "/", Fragment: "", UserInfo: "" }
        && !origin.EndsWith('/')
            ? url.GetLeftPart(UriPartial.Authority)
            : null;

    private static bool IsOwn(string origin, HttpRequest request) =>
        Normal(origin) is { } normal && normal == Normal($"{request.Scheme}://{request.Host}");
}
