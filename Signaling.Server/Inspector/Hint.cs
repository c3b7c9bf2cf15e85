namespace Signaling.Server.Inspector;

/// <summary>Something typical is wrong, or was.</summary>
/// <param name="Code">Which one, of few words that never change.</param>
/// <param name="Peers">Whom it is about.</param>
/// <param name="At">When it was noticed: milliseconds since 1970.</param>
/// <param name="Text">What it means and where to look, in a sentence or two.</param>
/// <param name="Over">It is well again.</param>
internal sealed record Hint(string Code, IReadOnlyList<string> Peers, double At, string Text, bool Over = false);
