namespace Signaling.Bench.Scale;

/// <summary>How many relays there are, and where the members of a room are.</summary>
/// <param name="Name">As in the table.</param>
/// <param name="HasRedis">Whether the relays know of each other.</param>
/// <param name="Apart">The members of each room are spread over all relays; else each room is at one of them, as a load balancer does that goes by the room.</param>
internal sealed record Setup(string Name, int Relays, bool HasRedis, bool Apart)
{
    public static IReadOnlyList<Setup> All { get; } =
    [
        new("1, without Redis", 1, false, false),
        new("1", 1, true, false),
        new("2, rooms at home", 2, true, false),
        new("2, rooms apart", 2, true, true),
        new("3, rooms at home", 3, true, false),
        new("3, rooms apart", 3, true, true),
    ];

    /// <summary>The relay for a place in a crowd.</summary>
    public int RelayOf(int place, int roomSize) => (Apart ? place / roomSize + place % roomSize : place / roomSize) % Relays;
}
