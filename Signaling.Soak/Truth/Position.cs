namespace Signaling.Soak.Truth;

/// <summary>A place in what somebody says.</summary>
/// <param name="Epoch">The speaker's connection, from 1.</param>
/// <param name="N">The message there, from 1; 0 before the first.</param>
internal readonly record struct Position(int Epoch, int N)
{
    public static readonly Position Start = new(1, 0);

    public bool IsBefore(Position other) => Epoch < other.Epoch || (Epoch == other.Epoch && N < other.N);

    public override string ToString() => $"{Epoch}.{N}";
}
