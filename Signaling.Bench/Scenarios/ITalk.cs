using Signaling.Bench.Load;

namespace Signaling.Bench.Scenarios;

/// <summary>Who says what when, in a crowd.</summary>
internal interface ITalk
{
    void Begin();

    /// <summary>Nobody says anything new.</summary>
    void End();
}
