namespace Signaling.Server.Inspector;

/// <summary>Something that a viewer has to know about what it sees.</summary>
/// <param name="Text">In a sentence.</param>
internal sealed record Note(string Text);
