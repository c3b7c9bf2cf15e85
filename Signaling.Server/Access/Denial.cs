namespace Signaling.Server.Access;

/// <summary>
/// Every way to say no because of a token, as <c>application/problem+json</c> (RFC 9457) with a challenge (RFC 6750). It
/// says which check failed, for the developer of the client, and nothing of what would have passed it.
/// </summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Reason">For metrics.</param>
/// <param name="Title">What is wrong, in short.</param>
/// <param name="Detail">For the developer of the client.</param>
/// <param name="RetrySeconds">When to come again; 0: not as it is.</param>
public sealed record Denial(int Status, string Reason, string Title, string Detail, int RetrySeconds = 0) : IResult
{
    /// <summary>There was no token.</summary>
    public static readonly Denial Missing = new(
        401, "token-missing", "Token needed", "Send a token: Authorization: Bearer, ?access_token=, or the subprotocol bearer.<token>.");

    /// <summary>Different ones came in different places.</summary>
    public static readonly Denial Several = new(400, "token-several", "Several tokens", "Send one token, in one place.");

    /// <summary>It cannot be read.</summary>
    public static readonly Denial Malformed = Bad("token-malformed", "This is no signed JSON Web Token.");

    /// <summary>A foreign key, an algorithm that is not allowed, none at all, or a changed token.</summary>
    public static readonly Denial Signature = Bad("token-signature", "Its signature was not made with a key and an algorithm that this server trusts.");

    /// <summary>It was good once.</summary>
    public static readonly Denial Expired = Bad("token-expired", "It has run out.");

    /// <summary>It will be good later.</summary>
    public static readonly Denial Early = Bad("token-early", "It is not valid yet.");

    /// <summary>It would be good for ever.</summary>
    public static readonly Denial Endless = Bad("token-endless", "It does not say when it runs out (exp).");

    /// <summary>It is for another service.</summary>
    public static readonly Denial Audience = Bad("token-audience", "It is not meant for this server (aud).");

    /// <summary>Another one has made it.</summary>
    public static readonly Denial Issuer = Bad("token-issuer", "It comes from an issuer that this server does not trust (iss).");

    /// <summary>It does not say who it is, or not so that it can be part of an id.</summary>
    public static readonly Denial Sub = Bad("token-sub", "Its sub must have 1 to 64 characters of A-Z a-z 0-9 . _ ~ -");

    /// <summary>Another claim is of the wrong kind.</summary>
    public static readonly Denial Claims = Bad("token-claims", "Its room must be a name or a list of names, its can words or a list of words.");

    /// <summary>It belongs to somebody else than the connection.</summary>
    public static readonly Denial OtherSub = new(403, "token-sub", "Token refused", "The new token must have the same sub as the one before.");

    /// <summary>It does not allow this room.</summary>
    public static readonly Denial Room = new(403, "token-room", "Room not allowed", "Your token does not allow this room (room).");

    /// <summary>It does not allow this.</summary>
    public static readonly Denial Forbidden = new(403, "token-can", "Not allowed", "Your token does not allow this (can).");

    /// <summary>Too many that were wrong came from there.</summary>
    public static readonly Denial Throttled = new(
        429, "token-throttled", "Too many bad tokens", "Too many tokens that this server does not trust came from your address (Access:FailuresPerMinute).", 10);

    /// <summary>Whoever knows the keys cannot be reached.</summary>
    public static readonly Denial Unverifiable = new(
        503, "token-unverifiable", "Tokens cannot be checked", "The keys of the token issuer cannot be had now (Access:Authority).", 10);

    /// <inheritdoc/>
    public Task ExecuteAsync(HttpContext httpContext)
    {
        var headers = httpContext.Response.Headers;
        if (RetrySeconds > 0) headers.RetryAfter = $"{RetrySeconds}";
        if (Challenge is { } challenge) headers.WWWAuthenticate = challenge;
        return TypedResults.Problem(statusCode: Status, title: Title, detail: Detail).ExecuteAsync(httpContext);
    }

    // Without a token nothing but the scheme (RFC 6750 section 3.1).
    private string? Challenge => Status switch
    {
        401 when Reason == Missing.Reason => "Bearer",
        401 => $"Bearer error=\"invalid_token\", error_description=\"{Detail}\"",
        403 => $"Bearer error=\"insufficient_scope\", error_description=\"{Detail}\"",
        _ => null,
    };

    private static Denial Bad(string reason, string detail) => new(401, reason, "Token refused", detail);
}
