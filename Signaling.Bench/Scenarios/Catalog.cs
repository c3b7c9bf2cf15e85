using Signaling.Bench.Load;
using Signaling.Bench.Servers;

namespace Signaling.Bench.Scenarios;

/// <summary>Everything that is measured.</summary>
internal static class Catalog
{
    private const int Talkers = 10;

    public static IReadOnlyList<IScenario> All { get; } =
    [
        new Talking("pair", "1 room of 2, ping-pong", 1, 2, (crowd, _) => new PingPong(crowd, Mixed())),
        new Talking("room-10", "1 room of 10", 1, 10, (crowd, _) => new ClosedLoop(crowd, Mixed(), Talkers)),
        new Talking("room-100", "1 room of 100", 1, 100, (crowd, _) => new ClosedLoop(crowd, Mixed(), Talkers)),
        new Talking("room-1000", "1 room of 1,000", 1, 1000, (crowd, _) => new ClosedLoop(crowd, Mixed(), Talkers)),
        new Talking("pairs", "500 rooms of 2", 500, 2, (crowd, _) => new PingPong(crowd, Mixed())),
        new Talking("rooms", "100 rooms of 10", 100, 10, (crowd, _) => new ClosedLoop(crowd, Mixed(), Talkers)),
        new Talking("rooms-rate", "100 rooms of 10 at 2,000 msg/s", 100, 10, (crowd, poller) => new FixedRate(crowd, poller, Mixed(), 2000)),
        new Talking("large", "64 KiB messages, 1 room of 10", 1, 10, (crowd, _) => new ClosedLoop(crowd, new Letters(false, Sizes.Large), Talkers)),
        new Talking("handshakes", "100 pairs, whole signaling handshakes", 100, 2, (crowd, _) => new Handshakes(crowd, envelope: false)),
        new Talking("envelope-pair", "the same as pair, in envelopes", 1, 2, (crowd, _) => new PingPong(crowd, Mixed(envelope: true))) { Needs = Abilities.Envelopes },
        new Talking("envelope-room-10", "the same as room-10, in envelopes", 1, 10, (crowd, _) => new ClosedLoop(crowd, Mixed(envelope: true), Talkers)) { Needs = Abilities.Envelopes },
        new Talking("envelope-handshakes", "the same as handshakes, in envelopes", 100, 2, (crowd, _) => new Handshakes(crowd, envelope: true)) { Needs = Abilities.Envelopes },
        new Talking("tls-room-10", "the same as room-10, over TLS", 1, 10, (crowd, _) => new ClosedLoop(crowd, Mixed(), Talkers)) { Needs = Abilities.Tls },
        new Talking("tls-rooms-rate", "the same as rooms-rate, over TLS", 100, 10, (crowd, poller) => new FixedRate(crowd, poller, Mixed(), 2000)) { Needs = Abilities.Tls },
        new StoppedReader(10, 2000),
        new Idling(),
    ];

    private static Letters Mixed(bool envelope = false) => new(envelope, Sizes.Mixed);
}
