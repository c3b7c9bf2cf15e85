using System.ComponentModel.DataAnnotations;
using System.Text;

namespace Signaling.Server.Access;

/// <summary>Who may connect. Section <c>Access</c>.</summary>
public sealed class AccessOptions : IValidatableObject
{
    // RFC 7518 section 3.2: a key at least as long as the hash.
    private const int MinKeyBytes = 32;

    /// <summary>
    /// Origins whose pages may connect, exactly, with commas between: <c>https://app.example.org</c>; <c>null</c> for pages
    /// without one; <c>*</c> for all. Default: in Development those of this machine, in Production all, with a warning.
    /// </summary>
    public string Origins { get; set; } = "";

    /// <summary>Tokens are needed, signed with this secret (HS256, HS384, HS512): 32 bytes at least. Never sent.</summary>
    public string Key { get; set; } = "";

    /// <summary>Tokens are needed, of this OpenID Connect issuer: its keys are fetched, and again when they change.</summary>
    public string Authority { get; set; } = "";

    /// <summary>Whom tokens are meant for (<c>aud</c>). Must be set beside <see cref="Authority"/>; else unset: not looked at.</summary>
    public string Audience { get; set; } = "";

    /// <summary>Who makes the tokens (<c>iss</c>). Unset: whoever has the key; of an authority, as it says itself.</summary>
    public string Issuer { get; set; } = "";

    /// <summary>Tokens with a wrong signature and the like that one address may send in a minute; after that it is answered with 429. 0: no limit. Default 20.</summary>
    [Range(0, 1_000_000, ErrorMessage = "Access:FailuresPerMinute must be {1} (no limit) to {2}.")]
    public int FailuresPerMinute { get; set; } = 20;

    /// <summary>The page that the landing page links to: it may connect whatever is listed. The AppHost says so of the demo.</summary>
    internal string? DemoUrl { get; set; }

    internal string[] Entries => Origins.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        foreach (var entry in Entries.Where(entry => entry is not (Access.Origins.Any or Access.Origins.Opaque) && Access.Origins.Normal(entry) is null))
            yield return new($"Access:Origins has '{entry}', which is no origin: https://app.example.org or http://localhost:5173, without a path.");
        if (Key.Length > 0 && Encoding.UTF8.GetByteCount(Key) < MinKeyBytes)
            yield return new($"Access:Key must have {MinKeyBytes} bytes at least: openssl rand -base64 48 makes a good one.");
        if (Key.Length > 0 && Authority.Length > 0)
            yield return new("Access:Key and Access:Authority exclude each other: who makes the tokens?");
        if (Authority.Length > 0 && !(Uri.TryCreate(Authority, UriKind.Absolute, out var url) && url.Scheme is "https" or "http"))
            yield return new($"Access:Authority is '{Authority}', but must be the URL of an issuer: https://login.example.org");
        if (Authority.Length > 0 && Audience.Length == 0)
            yield return new("Access:Authority needs Access:Audience: the issuer makes tokens for others too, which must not open this server.");
    }
}
