namespace Signaling.Server.Access;

/// <summary>The token of a request, from the three places where it can stand.</summary>
internal static class GivenToken
{
    /// <summary>In the query.</summary>
    public const string Parameter = "access_token";

    private const string Scheme = "Bearer ";
    // Browsers can set no other header on a WebSocket.
    private const string Subprotocol = "bearer.";

    /// <summary>All that differ.</summary>
    public static string[] In(HttpRequest request) =>
    [
        .. request.Headers.Authorization.OfType<string>()
            .Where(value => value.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
            .Select(value => value[Scheme.Length..].Trim())
            .Concat(InQuery(request))
            .Concat(request.Headers.GetCommaSeparatedValues("Sec-WebSocket-Protocol")
                .Where(name => name.StartsWith(Subprotocol, StringComparison.Ordinal))
                .Select(name => name[Subprotocol.Length..]))
            .Distinct(),
    ];

    private static string[] InQuery(HttpRequest request) =>
        request.HttpContext.Features.Get<HiddenQuery>()?.Tokens ?? [];
}
