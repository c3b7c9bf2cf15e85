using System.ComponentModel.DataAnnotations;

namespace Signaling.Server.Landing;

/// <summary>Section <c>Landing</c>: what people find at the relay.</summary>
public sealed class LandingOptions : IValidatableObject
{
    /// <summary>Where the demo is, for a link on the landing page; empty: nowhere.</summary>
    public string DemoUrl { get; set; } = "";

    /// <summary>The folder of the built demo page, to be served under <c>/demo/</c>; empty: it is not served.</summary>
    public string PagePath { get; set; } = "";

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (PagePath.Length > 0 && !File.Exists(Path.Combine(PagePath, "index.html")))
            yield return new($"Landing:PagePath ({PagePath}) must be the folder of the built page, with its index.html.");
    }
}
