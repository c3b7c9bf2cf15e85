using System.ComponentModel.DataAnnotations;

namespace Signaling.Server.Ice;

/// <summary>The ICE servers that clients are told of. Section <c>Ice</c>.</summary>
public sealed class IceOptions : IValidatableObject
{
    /// <summary>STUN servers, for example <c>stun:stun.example.org:3478</c> (RFC 7064). Default none: enough within one network.</summary>
    public string[] StunUrls { get; set; } = [];

    /// <summary>TURN servers, for example <c>turn:turn.example.org:3478?transport=udp</c> or <c>turns:…</c> (RFC 7065).</summary>
    public string[] TurnUrls { get; set; } = [];

    /// <summary>The secret that this server shares with the TURN servers: <c>static-auth-secret</c> of coturn. Never sent.</summary>
    public string TurnSecret { get; set; } = "";

    /// <summary>How long a credential is good for. 1 minute to 1 day; default 10 minutes. A running connection outlives it.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "1.00:00:00", ErrorMessage = "Ice:Lifetime must be {1} to {2}.")]
    public TimeSpan Lifetime { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>Gives TURN credentials to everybody who asks. In Production a TURN secret starts only with this, or where clients need tokens.</summary>
    public bool Anonymous { get; set; }

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        foreach (var url in StunUrls.Where(url => !HasScheme(url, "stun:", "stuns:")))
            yield return new($"Ice:StunUrls has '{url}', which does not begin with stun: or stuns:.");
        foreach (var url in TurnUrls.Where(url => !HasScheme(url, "turn:", "turns:")))
            yield return new($"Ice:TurnUrls has '{url}', which does not begin with turn: or turns:.");
        if (TurnUrls.Length > 0 && TurnSecret.Length == 0)
            yield return new("Ice:TurnUrls needs Ice:TurnSecret, the static-auth-secret of the TURN server.");
        if (TurnUrls.Length == 0 && TurnSecret.Length > 0)
            yield return new("Ice:TurnSecret needs Ice:TurnUrls, for example turn:turn.example.org:3478?transport=udp.");
    }

    private static bool HasScheme(string url, params ReadOnlySpan<string> schemes)
    {
        foreach (var scheme in schemes)
            if (url.StartsWith(scheme, StringComparison.Ordinal) && url.Length > scheme.Length) return true;
        return false;
    }
}
