using System.ComponentModel.DataAnnotations;

namespace Signaling.Server.Access;

/// <summary>Who may connect. Section <c>Access</c>.</summary>
public sealed class AccessOptions : IValidatableObject
{
    /// <summary>
    /// Origins whose pages may connect, exactly, with commas between: <c>https://app.example.org</c>; <c>null</c> for pages
    /// without one; <c>*</c> for all. Default: in Development those of this machine, in Production all, with a warning.
    /// </summary>
    public string Origins { get; set; } = "";

    internal string[] Entries => Origins.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) =>
        from entry in Entries
        where entry is not (Access.Origins.Any or Access.Origins.Opaque) && Access.Origins.Normal(entry) is null
        select new ValidationResult($"Access:Origins has '{entry}', which is no origin: https://app.example.org or http://localhost:5173, without a path.");
}
