namespace Signaling.Soak.Truth;

/// <summary>The relay broke the protocol: ends the run.</summary>
/// <param name="what">In words.</param>
/// <param name="lives">Whose history tells how it came.</param>
internal sealed class Violation(string what, params Life?[] lives) : Exception(what)
{
    public IEnumerable<Life> Lives => lives.OfType<Life>().Distinct();
}
