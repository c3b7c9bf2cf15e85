namespace Signaling.Soak.Lines;

/// <summary>The relay did not upgrade.</summary>
internal sealed class RefusedException(string answer) : Exception($"No upgrade: {answer}");
