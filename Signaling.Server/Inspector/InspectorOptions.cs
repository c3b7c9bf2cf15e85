namespace Signaling.Server.Inspector;

/// <summary>What the inspector shows. Section <c>Inspector</c>.</summary>
public sealed class InspectorOptions
{
    /// <summary>
    /// Whether the beginning of each message is shown, addresses and keys in it included: for a developer's own machine.
    /// Default: false; then kinds, sizes and times leave the server, and nothing else.
    /// </summary>
    public bool ShowPayloads { get; set; }
}
