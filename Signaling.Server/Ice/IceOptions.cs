using System.ComponentModel.DataAnnotations;

namespace Signaling.Server.Ice;

/// <summary>The ICE servers that clients are told of. Section <c>Ice</c>.</summary>
public sealed class IceOptions : IValidatableObject
{
    /// <summary>STUN servers, for example <c>stun:stun.example.org:3478</c> (RFC 7064). Default none: enough within one network.</summary>
    public string[] StunUrls { get; set; } = [];

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) =>
        from url in StunUrls
        where !url.StartsWith("stun:", StringComparison.Ordinal) && !url.StartsWith("stuns:", StringComparison.Ordinal)
        select new ValidationResult($"Ice:StunUrls has '{url}', which does not begin with stun: or stuns:.");
}
