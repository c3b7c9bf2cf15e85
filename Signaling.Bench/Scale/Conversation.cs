using Signaling.Bench.Load;
using Signaling.Bench.Scenarios;

namespace Signaling.Bench.Scale;

/// <summary>Rooms that talk.</summary>
/// <param name="Name">As in the JSON.</param>
/// <param name="Title">In a few words.</param>
internal sealed record Conversation(string Name, string Title, int Rooms, int RoomSize, Func<Crowd, Poller, ITalk> Talk)
{
    public static IReadOnlyList<Conversation> All { get; } =
    [
        new("pair", "1 room of 2, ping-pong", 1, 2, (crowd, _) => new PingPong(crowd, Mixed())),
        new("pairs-rate", "500 rooms of 2 at 2,000 msg/s", 500, 2, (crowd, poller) => new FixedRate(crowd, poller, Mixed(), 2000)),
        new("rooms-rate", "100 rooms of 10 at 2,000 msg/s", 100, 10, (crowd, poller) => new FixedRate(crowd, poller, Mixed(), 2000)),
        new("pairs", "500 rooms of 2, as fast as it goes", 500, 2, (crowd, _) => new PingPong(crowd, Mixed())),
        new("rooms", "100 rooms of 10, as fast as it goes", 100, 10, (crowd, _) => new ClosedLoop(crowd, Mixed(), 10)),
    ];

    public static IEnumerable<Conversation> AsFastAsItGoes => All.TakeLast(2);

    private static Letters Mixed() => new(false, Sizes.Mixed);
}
